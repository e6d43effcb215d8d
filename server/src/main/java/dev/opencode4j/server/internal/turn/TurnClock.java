package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.Timeouts;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The durations of a turn. One timer a turn: {@link #nextCheck} tells when to look again, {@link #due} what has run
 * out.
 *
 * <p>While a permission or question is pending and the server is alive, the deadline and the idle limit stand still.
 */
final class TurnClock {

    /** What has run out. */
    enum Due {
        NOTHING,
        CONNECT,
        FIRST_EVENT,
        IDLE,
        TURN,
        /** Nothing was heard of the turn for a while: time to ask. */
        QUIET
    }

    private static final long FIRST_QUIET = Duration.ofSeconds(5).toNanos();
    private static final long LONGEST_QUIET = Duration.ofSeconds(60).toNanos();
    private static final long NEVER = Long.MAX_VALUE;

    private final LongSupplier now;
    private final Timeouts timeouts;
    private final long start;
    private long deadline;
    private long connectBy;
    private long firstEventBy = NEVER;
    private long askAt = NEVER;
    private long quiet = FIRST_QUIET;
    private long lastHeard;
    private boolean urgent;
    private long suspendedAt = NEVER;

    TurnClock(Timeouts timeouts, LongSupplier now) {
        this.now = now;
        this.timeouts = timeouts;
        this.start = now.getAsLong();
        this.lastHeard = start;
        this.deadline = after(timeouts.turn());
        this.connectBy = after(timeouts.connect());
    }

    /** The stream stands; the prompt can be sent. */
    void connected() {
        connectBy = NEVER;
    }

    /** The server has taken the prompt, and is asked after {@code look} if nothing shows of it. */
    void accepted(Duration look) {
        firstEventBy = after(timeouts.firstEvent());
        askAt = after(look);
    }

    /** Something of this turn was heard. */
    void heard() {
        firstEventBy = NEVER;
        lastHeard = now.getAsLong();
        quiet = FIRST_QUIET;
        if (askAt != NEVER && !urgent) askAt = lastHeard + quiet;
    }

    /** The server is asked how the turn stands; next time later, for a model may think for long. */
    void asks() {
        urgent = false;
        quiet = Math.min(quiet * 2, LONGEST_QUIET);
        askAt = now.getAsLong() + quiet;
    }

    /** The server answered: it lives. */
    void answered() {
        lastHeard = now.getAsLong();
    }

    /** Asks after {@code pause} at the latest, whatever is heard: stragglers come after an answer's end. */
    void askAfter(Duration pause) {
        urgent = true;
        askAt = Math.min(askAt, now.getAsLong() + pause.toNanos());
    }

    /** Stands still: the turn waits for an answer of its user's. */
    void suspend() {
        if (suspendedAt == NEVER) suspendedAt = now.getAsLong();
    }

    /** Goes on. */
    void resume() {
        if (suspendedAt == NEVER) return;
        deadline += now.getAsLong() - suspendedAt;
        lastHeard = now.getAsLong();
        suspendedAt = NEVER;
    }

    private boolean isSuspended() {
        return suspendedAt != NEVER;
    }

    /** What has run out, given when the stream last gave a sign of life. */
    Due due(long lastLife) {
        long time = now.getAsLong();
        if (!isSuspended() && time - deadline >= 0) return Due.TURN;
        if (isPast(connectBy, time)) return Due.CONNECT;
        if (isPast(firstEventBy, time)) return Due.FIRST_EVENT;
        if (isPast(idleAt(lastLife), time)) return Due.IDLE;
        return isPast(askAt, time) ? Due.QUIET : Due.NOTHING;
    }

    /** How long until something may run out. */
    Duration nextCheck(long lastLife) {
        long time = now.getAsLong();
        long wait = isSuspended() ? LONGEST_QUIET : deadline - time;
        wait = Math.min(wait, until(connectBy, time));
        wait = Math.min(wait, until(firstEventBy, time));
        wait = Math.min(wait, until(idleAt(lastLife), time));
        wait = Math.min(wait, until(askAt, time));
        return Duration.ofNanos(Math.max(wait, 1_000_000));
    }

    private long idleAt(long lastLife) {
        boolean runs = connectBy == NEVER && !isSuspended();
        return runs
                ? Math.max(lastLife - start, lastHeard - start)
                        + start
                        + timeouts.idle().toNanos()
                : NEVER;
    }

    private long after(Duration duration) {
        return now.getAsLong() + duration.toNanos();
    }

    private static boolean isPast(long moment, long time) {
        return moment != NEVER && time - moment >= 0;
    }

    private static long until(long moment, long time) {
        return moment == NEVER ? NEVER : moment - time;
    }
}
