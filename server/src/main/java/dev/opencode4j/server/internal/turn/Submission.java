package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AmbiguousSubmitException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.prompt.Prompt;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gets a prompt to the server exactly once.
 *
 * <p>The message's id and its parts' ids are ours: while the server lives, the same prompt posted again is the same
 * message, and runs once. So a post without a response is repeated as soon as the server says that it does not have the
 * message, be the first one still on its way. A refusal before anything ran (429, 503) may be repeated; any other is
 * final. Runs in the turn's mailbox.
 */
final class Submission {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int MOST_POSTS = 3;

    /** Who is told. */
    interface Listener {

        /** The server has the prompt. */
        void accepted();

        /** The server has not, and will not have, the prompt. */
        void refused(AgentException error);

        /** Nobody waits for the prompt any more; the server may have it. */
        void abandoned();

        /** Whether the prompt is still to be sent. */
        boolean isWanted();
    }

    private final TurnContext turn;
    private final Listener listener;
    private final String messageId;
    private final Prompt prompt;
    private final GrowingPause pause = new GrowingPause(FIRST_PAUSE, LONGEST_PAUSE);
    private int posts;
    private int absences;
    private long unansweredSince = -1;
    private boolean isUnderWay;

    Submission(TurnContext turn, Listener listener, String messageId, Prompt prompt) {
        this.turn = turn;
        this.listener = listener;
        this.messageId = messageId;
        this.prompt = prompt;
    }

    /** Posts the prompt, and says how that ended. */
    void post() {
        posts++;
        isUnderWay = true;
        turn.upstream()
                .submit(messageId, prompt, listener::isWanted)
                .whenComplete((done, failure) -> turn.mailbox().post(() -> responded(failure)));
    }

    /** Posts the prompt again, because the server lost it; false if that has been done often enough. */
    boolean postAgain() {
        if (!isUnderWay && posts >= MOST_POSTS) return false;
        if (!isUnderWay) post();
        return true;
    }

    private void responded(@Nullable Throwable failure) {
        isUnderWay = false;
        if (failure == null) {
            listener.accepted();
            return;
        }
        AgentException error = Failures.of(failure);
        int status = status(error);
        boolean isRefused = status >= 300 && status < 500;
        if (error instanceof InterruptedTurnException) listener.refused(error); // It was not sent.
        else if ((status == 429 || status == 503) && posts < MOST_POSTS) later(untilReset(error), this::post);
        else if (isRefused) listener.refused(error);
        else continueWith(() -> ask(error));
    }

    /** What the server responded with; 0 if it did not respond. */
    private static int status(AgentException error) {
        return error.where().map(Where::status).orElse(0);
    }

    private static Duration untilReset(AgentException error) {
        if (!(error instanceof RateLimitException limit)) return Duration.ofSeconds(1);
        Duration wait = Duration.between(Instant.now(), limit.resetAt());
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /** Asks whether the server has the message after all. */
    private void ask(AgentException error) {
        isUnderWay = true;
        if (unansweredSince < 0) unansweredSince = turn.ticker().nanoTime();
        turn.upstream()
                .isStored(messageId)
                .whenComplete((stored, failure) -> turn.mailbox().post(() -> {
                    isUnderWay = false;
                    if (!listener.isWanted()) listener.abandoned();
                    else if (failure != null) notTold(Failures.of(failure), error);
                    else if (stored) listener.accepted();
                    else notThere(error);
                }));
    }

    private void notThere(AgentException error) {
        boolean isLost = status(error) == 0;
        if (isLost && posts < MOST_POSTS) later(pause.next(), this::post);
        else if (!isLost && ++absences < 2) later(pause.next(), () -> ask(error));
        else listener.refused(error);
    }

    private void notTold(AgentException whileAsking, AgentException error) {
        boolean isTooLate = turn.ticker().nanoTime() - unansweredSince
                > turn.timeouts().idle().toNanos();
        if (whileAsking instanceof SessionNotFoundException) {
            listener.refused(whileAsking);
        } else if (isTooLate) {
            listener.refused(
                    new AmbiguousSubmitException(messageId, error.where().orElse(null), error));
        } else {
            later(pause.next(), () -> ask(error));
        }
    }

    private void later(Duration delay, Runnable task) {
        isUnderWay = true;
        turn.ticker().schedule(delay, () -> turn.mailbox().post(() -> continueWith(task)));
    }

    private void continueWith(Runnable task) {
        isUnderWay = false;
        if (listener.isWanted()) task.run();
        else listener.abandoned();
    }
}
