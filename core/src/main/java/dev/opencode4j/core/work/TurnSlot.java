package dev.opencode4j.core.work;

import dev.opencode4j.core.Turn;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The place of a session's one turn. A turn frees the place itself, and only its own: what a finished turn still does
 * can't be taken for an order of the next. Thread-safe.
 */
public final class TurnSlot {

    private final Supplier<String> sessionId;
    private final AtomicReference<@Nullable Occupant> current = new AtomicReference<>();
    private volatile boolean closed;

    /** The place of a session's turns. */
    public TurnSlot(String sessionId) {
        this(() -> sessionId);
    }

    /** The place of a session's turns, whose id may not be known yet. */
    public TurnSlot(Supplier<String> sessionId) {
        this.sessionId = sessionId;
    }

    /**
     * Starts a turn.
     *
     * @param begin starts the turn; is given what the turn has to run just before its end can be seen
     * @throws IllegalStateException if a turn is in progress, or the session is closed
     */
    public <T extends Turn> T start(Function<Runnable, T> begin) {
        if (closed) throw new IllegalStateException("session " + sessionId.get() + " is closed");
        Occupant mine = new Occupant();
        if (!current.compareAndSet(null, mine)) {
            throw new IllegalStateException("a turn of session " + sessionId.get() + " is in progress");
        }
        Runnable free = () -> current.compareAndSet(mine, null);
        T turn;
        try {
            turn = begin.apply(free);
        } catch (RuntimeException | Error e) {
            free.run();
            throw e;
        }
        mine.turn = turn;
        if (closed || mine.interrupted) turn.interrupt();
        return turn;
    }

    /** Interrupts the turn in progress, if there is one; one that is about to start is interrupted when it has. */
    public void interrupt() {
        Occupant occupant = current.get();
        if (occupant == null) return;
        occupant.interrupted = true; // Before the look: the start looks here after it has set the turn.
        Turn turn = occupant.turn;
        if (turn != null) turn.interrupt();
    }

    /** Interrupts the turn in progress, waits for its end, and lets no other begin. */
    public void close() {
        closed = true;
        Occupant occupant = current.get();
        Turn turn = occupant == null ? null : occupant.turn;
        if (turn != null) turn.close();
    }

    private static final class Occupant {
        /** Null while it is about to start. */
        private volatile @Nullable Turn turn;

        private volatile boolean interrupted;
    }
}
