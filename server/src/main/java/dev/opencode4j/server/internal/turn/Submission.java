package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AmbiguousSubmitException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.work.Ticker;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gets a prompt to the server exactly once.
 *
 * <p>A request without an answer may have arrived. Then the server is asked for the message by its id: if it is there,
 * so is the turn; only if it is not there, twice, is it sent again, under the same id. A refusal before anything ran
 * (429, 503) may be repeated; any other is final. Runs in the turn's mailbox.
 */
final class Submission {

    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int MOST_SENDS = 3;

    /** Who is told. */
    interface Listener {

        /** The server has the prompt. */
        void accepted();

        /** The server has not, and will not have, the prompt. */
        void refused(AgentException error);

        /** Nobody waits for the prompt any more, and the server may have it all the same. */
        void abandoned();

        /** Whether nobody is interested any more, or the prompt has been seen on the stream. */
        boolean isSettled();
    }

    private final Upstream upstream;
    private final Mailbox mailbox;
    private final Ticker ticker;
    private final Listener listener;
    private final String messageId;
    private final Prompt prompt;
    private final long askUntilNanos;
    private final GrowingPause pause = new GrowingPause(FIRST_PAUSE, LONGEST_PAUSE);
    private int sends;
    private int absences;
    private boolean underWay;

    Submission(TurnContext turn, Listener listener, String messageId, Prompt prompt) {
        this.upstream = turn.upstream();
        this.mailbox = turn.mailbox();
        this.ticker = turn.ticker();
        this.listener = listener;
        this.messageId = messageId;
        this.prompt = prompt;
        this.askUntilNanos = turn.timeouts().idle().toNanos();
    }

    /** Sends the prompt. */
    void send() {
        sends++;
        absences = 0;
        underWay = true;
        upstream.submit(messageId, prompt).whenComplete((done, failure) -> mailbox.post(() -> answered(failure)));
    }

    /** Sends the prompt again, because the server lost it; false if that has been done often enough. */
    boolean sendAgain() {
        if (underWay) return true;
        if (sends >= MOST_SENDS) return false;
        send();
        return true;
    }

    private void answered(@Nullable Throwable failure) {
        underWay = false;
        if (failure == null) {
            listener.accepted();
            return;
        }
        AgentException error = Failures.of(failure);
        int status = statusOf(error);
        if (listener.isSettled()) {
            if (status < 300 || status >= 500) listener.abandoned();
        } else if ((status == 429 || status == 503) && sends < MOST_SENDS) {
            later(untilReset(error), this::send);
        } else if (status >= 300 && status < 500) {
            listener.refused(error);
        } else {
            ask(error, ticker.nanoTime());
        }
    }

    /** What the server answered; 0 if it did not. */
    private static int statusOf(AgentException error) {
        return error.where().map(Where::status).orElse(0);
    }

    private static Duration untilReset(AgentException error) {
        if (!(error instanceof RateLimitException limit)) return Duration.ofSeconds(1);
        Duration wait = Duration.between(Instant.now(), limit.resetAt());
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private void ask(AgentException error, long since) {
        underWay = true;
        upstream.isStored(messageId)
                .whenComplete((stored, failure) -> mailbox.post(() -> {
                    underWay = false;
                    if (listener.isSettled()) return;
                    if (failure == null) found(stored, error, since);
                    else unanswered(Failures.of(failure), error, since);
                }));
    }

    private void found(boolean stored, AgentException error, long since) {
        if (stored) {
            listener.accepted();
        } else if (++absences < 2) {
            later(BEFORE_ASKING_AGAIN, () -> ask(error, since)); // It may still be on its way.
        } else if (sends < 2 && statusOf(error) == 0) {
            send();
        } else {
            listener.refused(error);
        }
    }

    private void unanswered(AgentException whileAsking, AgentException error, long since) {
        if (whileAsking instanceof SessionNotFoundException) {
            listener.refused(whileAsking);
        } else if (ticker.nanoTime() - since > askUntilNanos) {
            listener.refused(
                    new AmbiguousSubmitException(messageId, error.where().orElse(null), error));
        } else {
            later(pause.next(), () -> ask(error, since));
        }
    }

    private void later(Duration delay, Runnable task) {
        underWay = true;
        ticker.schedule(
                delay,
                () -> mailbox.post(() -> {
                    if (!listener.isSettled()) task.run();
                }));
    }
}
