package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.server.internal.wire.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server how a turn stands, one question at a time.
 *
 * <p>While a look that mends a gap is under way, what the stream says is held back: first what was missed, then what
 * came after, or the reply's parts would change their order. If the look fails, the next one may mend it; but nothing is
 * held back for long, for who reads along waits, too.
 */
final class Inquiry {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(5);

    private final TurnContext turn;
    private final Runnable begins;
    private final Consumer<Snapshot> found;
    private final Consumer<AgentException> notFound;
    private final Consumer<Signal> heard;
    private final List<Signal> held = new ArrayList<>(0);
    private final GrowingPause pause = new GrowingPause(FIRST_PAUSE, LONGEST_PAUSE);
    private Ticker.@Nullable Cancellable planned;
    private String messageId = "";
    private boolean looking;
    private boolean holding;
    private Ticker.Cancellable holdEnd = () -> {};
    private boolean again;
    private boolean over;
    private int failures;

    /** An inquiry that tells when it asks, what it finds, and what it has held back. */
    Inquiry(
            TurnContext turn,
            Runnable begins,
            Consumer<Snapshot> found,
            Consumer<AgentException> notFound,
            Consumer<Signal> heard) {
        this.turn = turn;
        this.begins = begins;
        this.found = found;
        this.notFound = notFound;
        this.heard = heard;
    }

    /** The turn that is asked about. */
    void about(String promptId) {
        messageId = promptId;
    }

    /** Keeps a signal for after the look that is under way; false if there is none. */
    boolean hold(Signal signal) {
        if (holding) held.add(signal);
        return holding;
    }

    /** Tells what was held back; from now on nothing is. */
    void releaseHeld() {
        holding = false;
        holdEnd.cancel();
        List<Signal> now = List.copyOf(held);
        held.clear();
        now.forEach(heard);
    }

    /** Whether several looks in a row were answered with something that no other try makes better. */
    boolean isHopeless() {
        return failures >= 3;
    }

    /** Looks now; events wait until the answer is there, or for as long as they may. */
    void lookAtOnce() {
        if (!holding) {
            holding = true;
            holdEnd = turn.ticker().schedule(LONGEST_HOLD, () -> turn.mailbox().post(this::releaseHeld));
        }
        look();
    }

    /** Looks after {@code delay}, unless a look is planned before. */
    void lookAfter(Duration delay) {
        if (over || planned != null) return;
        planned = turn.ticker()
                .schedule(
                        delay,
                        () -> turn.mailbox().post(() -> {
                            if (planned != null) look();
                        }));
    }

    /** The last look led to nothing: looks again, after a pause that grows. */
    void lookAgain() {
        lookAfter(pause.next());
    }

    /** The turn is over: looks no more. */
    void end() {
        over = true;
        cancelPlan();
        holdEnd.cancel();
        held.clear();
    }

    private void cancelPlan() {
        if (planned != null) planned.cancel();
        planned = null;
    }

    /** Asks only whether the session is idle, and looks if it is: most often a model is just thinking. */
    void lookIfIdle(Runnable alive) {
        if (looking) return;
        turn.upstream()
                .status()
                .whenComplete((status, failure) -> turn.mailbox().post(() -> {
                    if (failure != null) return;
                    if (over) return;
                    alive.run();
                    if (status.isIdle()) look();
                }));
    }

    private void look() {
        if (over) return;
        cancelPlan();
        if (looking) {
            again = true; // What is under way may have been answered before what made us ask.
            return;
        }
        looking = true;
        begins.run();
        turn.upstream()
                .look(messageId)
                .whenComplete((snapshot, failure) -> turn.mailbox().post(() -> {
                    looking = false;
                    if (over) return;
                    if (again) {
                        again = false;
                        look();
                    } else if (failure == null) {
                        failures = 0;
                        found.accept(snapshot);
                        if (planned == null) pause.reset();
                    } else {
                        AgentException error = Failures.of(failure);
                        failures = error.isRetryable() ? 0 : failures + 1;
                        notFound.accept(error);
                    }
                }));
    }
}
