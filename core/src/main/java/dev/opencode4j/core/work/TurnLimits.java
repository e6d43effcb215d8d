package dev.opencode4j.core.work;

import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.FirstEventTimeout;
import dev.opencode4j.core.error.IdleTimeout;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The durations of a turn that one thread works on, but for connecting, which can be tried again: the work says how far it is, and {@link #exceeded} what has
 * run out. Thread-safe.
 */
public final class TurnLimits {

    private static final long NEVER = Long.MAX_VALUE;

    private final Timeouts timeouts;
    private final LongSupplier now;
    private final Runnable sooner;
    private final long deadline;
    private long plannedAt;
    private long firstEventBy = NEVER;
    private long idleBy = NEVER;

    /**
     * Limits that run from now on.
     *
     * @param sooner runs when something may run out before the next check that was planned
     */
    TurnLimits(Timeouts timeouts, LongSupplier now, Runnable sooner) {
        this.timeouts = timeouts;
        this.now = now;
        this.sooner = sooner;
        this.deadline = after(timeouts.turn());
        this.plannedAt = deadline;
    }

    /** The other side has what it needs to begin. */
    public void accepted() {
        expect(after(timeouts.firstEvent()), NEVER);
    }

    /** A sign of life. */
    public void heard() {
        expect(NEVER, after(timeouts.idle()));
    }

    /** From here on nothing is expected of the other side, but the deadline stands: a back-off, a tool of the caller's. */
    public void quiet() {
        expect(NEVER, NEVER);
    }

    private void expect(long firstEvent, long idle) {
        boolean isSooner;
        synchronized (this) {
            firstEventBy = firstEvent;
            idleBy = idle;
            isSooner = next() - plannedAt < 0;
        }
        if (isSooner) sooner.run();
    }

    /** The time that is left of the whole turn; not negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - now.getAsLong()));
    }

    /** What has run out; null if nothing has. */
    synchronized @Nullable AgentException exceeded() {
        long time = now.getAsLong();
        if (isPast(deadline, time)) return new DeadlineExceeded(timeouts.turn());
        if (isPast(firstEventBy, time)) return new FirstEventTimeout(timeouts.firstEvent(), null);
        if (isPast(idleBy, time)) return new IdleTimeout(timeouts.idle(), null);
        return null;
    }

    /** How long until something may run out: when the next check is due. */
    synchronized Duration nextCheck() {
        plannedAt = next();
        return Duration.ofNanos(Math.max(plannedAt - now.getAsLong(), 1_000_000));
    }

    private long next() {
        long next = deadline;
        if (firstEventBy != NEVER && firstEventBy - next < 0) next = firstEventBy;
        if (idleBy != NEVER && idleBy - next < 0) next = idleBy;
        return next;
    }

    private long after(Duration duration) {
        return now.getAsLong() + duration.toNanos();
    }

    private static boolean isPast(long moment, long time) {
        return moment != NEVER && time - moment >= 0;
    }
}
