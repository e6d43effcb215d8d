package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.work.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The stop of a turn whose prompt may have been sent: the server is told to abort it, and has some time to tell its end.
 *
 * <p>That is more than an idle event: the error and the completed message of the abort come after it (1.18.33), and
 * would be taken for the next turn's. And it is the answer to the order itself: what ends by other means, a rejected
 * permission say, may end before the order has arrived, which would abort the next turn then. Runs in the turn's mailbox.
 */
final class Stop {

    private static final Duration PATIENCE = Duration.ofMillis(700);

    private final TurnContext turn;
    private final @Nullable AgentException reason;
    private final Runnable over;
    private int unanswered;
    private boolean idle;
    private boolean whole;
    private Ticker.Cancellable timer = () -> {};

    /**
     * A stop that has not begun.
     *
     * @param reason why, or null if the turn was interrupted
     * @param over is run when the end has been told, or has not for too long; perhaps more than once
     */
    Stop(TurnContext turn, @Nullable AgentException reason, Runnable over) {
        this.turn = turn;
        this.reason = reason;
        this.over = over;
    }

    @Nullable
    AgentException reason() {
        return reason;
    }

    void begin() {
        abort();
        timer = turn.ticker().schedule(PATIENCE, () -> turn.mailbox().post(over));
    }

    /** Tells the server once more: what it was told first may have come before the prompt. */
    void abort() {
        unanswered++;
        turn.upstream()
                .abort()
                .whenComplete((done, failure) -> turn.mailbox().post(() -> {
                    unanswered--;
                    endIfAllIsTold();
                }));
    }

    void sessionIsIdle(Answers answers) {
        idle = true;
        whole |= answers.isEmpty() || answers.areWhole();
        endIfAllIsTold();
    }

    void answersAreWhole() {
        whole = true;
        endIfAllIsTold();
    }

    private void endIfAllIsTold() {
        if (idle && whole && unanswered == 0) over.run();
    }

    /** Waits no more. */
    void end() {
        timer.cancel();
    }
}
