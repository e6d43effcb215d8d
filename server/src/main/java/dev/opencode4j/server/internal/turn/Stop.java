package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.work.Ticker;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends a turn upstream, and goes on after the turn's own end until it is done: its consumer waits for a moment, the
 * session's next turn for as long as the server may still take an abort for its own.
 *
 * <p>An abort is sent when the session works for this turn, and repeated until the server has confirmed it: by its
 * response, and by an idle event with the answers whole, for the error and the completed message of an abort come after
 * its idle (1.18.33). A prompt that waits behind somebody else's turn can't be taken back while that runs: the server
 * refuses to delete a message of a session at work (409; 500 on 1.2.27), and an abort would strike the other turn. It is
 * deleted when the session is idle, or aborted when it is its turn. Runs in the turn's mailbox.
 */
final class Stop {

    private static final System.Logger LOG = System.getLogger(Stop.class.getName());

    /** How long the turn's own end waits for the server's. */
    private static final Duration PATIENCE = Duration.ofMillis(700);

    /** How long an abort is tried. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Looks at an idle session without the prompt; then it does not come. */
    private static final int MOST_ABSENCES = 4;

    /** How long an abort waits for the response to the prompt's post. */
    private static final Duration POST_LIMIT = Duration.ofSeconds(5);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE_AFTER_ABORT = Duration.ofMillis(1500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    private final TurnContext turn;
    private final Listening listening;
    private final Runnable ended;
    private final Runnable settled;
    private final GrowingPause pause = new GrowingPause(FIRST_PAUSE, LONGEST_PAUSE);
    private final GrowingPause pauseAfterAbort = new GrowingPause(FIRST_PAUSE_AFTER_ABORT, LONGEST_PAUSE);
    private Ticker.Cancellable patience = () -> {};
    private Ticker.Cancellable limit = () -> {};
    private Ticker.Cancellable next = () -> {};
    private int absences;
    private boolean isPostOpen;
    private boolean mayAct;
    private boolean isLookPlanned;
    private boolean isAborting;
    private boolean isConfirmed;
    private boolean isIdle;
    private boolean isSettled;
    private @Nullable AgentException lastFailure;

    /**
     * A stop that has not begun.
     *
     * @param ended runs when the turn can be told to be over; perhaps more than once
     * @param settled runs when nothing is left to be done upstream
     */
    Stop(TurnContext turn, Listening listening, Runnable ended, Runnable settled) {
        this.turn = turn;
        this.listening = listening;
        this.ended = ended;
        this.settled = settled;
    }

    private Answers answers() {
        return listening.answers();
    }

    /** Begins; the turn's consumer waits from here on. */
    void begin() {
        patience = turn.ticker().schedule(PATIENCE, () -> turn.mailbox().post(ended));
        limit = turn.ticker().schedule(LIMIT, () -> turn.mailbox().post(this::giveUp));
    }

    /** The prompt's post has not been answered yet: an abort would arrive before it, or strike the turn after it. */
    void awaitPost() {
        isPostOpen = true;
        next = turn.ticker().schedule(POST_LIMIT, () -> turn.mailbox().post(this::act));
    }

    /** The prompt's post has been answered, and nobody else of this program sends to the session. */
    void act() {
        if (isSettled || mayAct) return;
        mayAct = true;
        next.cancel();
        if (isOver() || isTakenOver()) settle();
        else if (listening.isBehindOthers()) waitInLine();
        else abort();
    }

    /**
     * The prompt's post is known to have arrived, or to be lost.
     *
     * @param enterLane gets the right to send for what is given to it, if all had been given up before: the prompt may run
     */
    void postEnded(Consumer<Runnable> enterLane) {
        if (!isPostOpen) return;
        isPostOpen = false;
        if (isSettled) enterLane.accept(this::resume);
        else act();
    }

    /** Stops a prompt that arrived after all, with nobody else of this program sending meanwhile. */
    private void resume() {
        isSettled = false;
        isConfirmed = false;
        mayAct = true;
        limit = turn.ticker().schedule(LIMIT, () -> turn.mailbox().post(this::giveUp));
        look();
    }

    /** The server has not, and will not have, the prompt. */
    void promptRefused() {
        settle();
    }

    private boolean isOver() {
        return isIdle && isConfirmed && answers().areWhole();
    }

    /** The session answers somebody else now; an abort would strike him. */
    private boolean isTakenOver() {
        return answers().areWhole() && answers().isLatestOthers();
    }

    private void abort() {
        if (isAborting) return;
        isAborting = true;
        turn.upstream()
                .abort()
                .whenComplete((done, failure) -> turn.mailbox().post(() -> {
                    isAborting = false;
                    if (failure == null) confirmed();
                    else failed(Failures.of(failure));
                }));
    }

    private void confirmed() {
        isConfirmed = true;
        lastFailure = null;
        check();
    }

    private void failed(AgentException error) {
        lastFailure = error;
        if (error instanceof SessionNotFoundException) settle();
        else lookLater();
    }

    /** The turn ends now as far as its consumer is concerned; the server is watched until the prompt's fate is known. */
    private void waitInLine() {
        limit.cancel();
        limit = turn.ticker()
                .schedule(turn.timeouts().turn(), () -> turn.mailbox().post(this::giveUp));
        ended.run();
        lookLater();
    }

    void sessionIsIdle() {
        isIdle = true;
        check();
    }

    /** An answer of the turn began, changed or became whole. */
    void answersChanged() {
        check();
    }

    private void check() {
        if (!mayAct || isSettled || isAborting) return;
        if (isIdle && isConfirmed && answers().isEmpty()) ended.run();
        if (isOver() || isTakenOver()) settle();
        else if (!isConfirmed && !answers().isEmpty()) abort();
        else lookLater();
    }

    private void lookLater() {
        if (isLookPlanned) return;
        isLookPlanned = true;
        Duration delay = (isConfirmed ? pauseAfterAbort : pause).next();
        next = turn.ticker().schedule(delay, () -> turn.mailbox().post(this::look));
    }

    private void look() {
        if (isSettled) return;
        isLookPlanned = false;
        turn.upstream()
                .look(answers().promptId())
                .whenComplete((found, failure) -> turn.mailbox().post(() -> {
                    if (isSettled) return;
                    if (failure == null) judge(found);
                    else failed(Failures.of(failure));
                }));
    }

    private void judge(Snapshot found) {
        listening.reconcile(found);
        if (found.status().isIdle()) judgeIdle(found.promptStored());
        else if (listening.isBehindOthers()) lookLater();
        else if (isTakenOver()) settle();
        else abort();
    }

    /** A prompt is taken with a 204 before it is stored, so one that is not there may still come. */
    private void judgeIdle(boolean isPromptStored) {
        if (!answers().isEmpty()) settle();
        else if (isPromptStored) takeBack();
        else if (isPostOpen) lookLater();
        else if (++absences < MOST_ABSENCES) lookLater();
        else settle();
    }

    /** A prompt that never ran is deleted: what is stored without an answer is read by the next prompt's model. */
    private void takeBack() {
        turn.upstream()
                .remove(answers().promptId())
                .whenComplete((done, failure) -> turn.mailbox().post(() -> {
                    if (failure == null) settle();
                    else failed(Failures.of(failure));
                }));
    }

    private void giveUp() {
        if (isSettled) return;
        LOG.log(
                Level.WARNING,
                "The turn of prompt {0} in session {1} was stopped here and may still run on the server: {2}",
                answers().promptId(),
                turn.sessionId(),
                lastFailure == null ? "it did not end there" : lastFailure.reason());
        settle();
    }

    private void settle() {
        if (isSettled) return;
        cancel();
        ended.run();
        settled.run();
    }

    /** Does nothing more. */
    void cancel() {
        isSettled = true;
        patience.cancel();
        limit.cancel();
        next.cancel();
    }
}
