package dev.opencode4j.core.work;

import dev.opencode4j.core.argument.Arguments;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How often something that failed is tried again, and after which pause. One series of pauses for all causes: {@code
 * base}, twice that, and so on up to {@code cap}, each shortened at random so that many callers do not come back at the
 * same moment. Where the other side says when to come back, that is when.
 *
 * <p>A policy does not say what may be repeated: the agent does. Requests that were refused before anything ran may
 * always be; what may have had effects is repeated only under {@link #rerun}.
 *
 * @param retries how many tries follow the first one; 0 or more
 * @param base the longest pause before the second try
 * @param cap the longest pause of all
 * @param reruns whether an agent that may have had effects is run again too
 */
public record RetryPolicy(int retries, Duration base, Duration cap, boolean reruns) {

    /** Two more tries, after up to 5 and 10 seconds. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(2, Duration.ofSeconds(5), Duration.ofSeconds(120), false);

    /** One try. */
    public static final RetryPolicy NONE = DEFAULT.withRetries(0);

    /** Refuses a negative number and durations that are not positive. */
    public RetryPolicy {
        if (retries < 0) throw new IllegalArgumentException("retries: must not be negative, was " + retries);
        Arguments.positive(base, "base");
        Arguments.positive(cap, "cap");
    }

    /**
     * Runs an agent up to {@code times} more often if it fails in a way that another run may not, although the failed
     * run may have changed files, sent mail or cost money.
     */
    public static RetryPolicy rerun(int times) {
        return new RetryPolicy(times, DEFAULT.base, DEFAULT.cap, true);
    }

    /** The same with another number of tries. */
    public RetryPolicy withRetries(int value) {
        return new RetryPolicy(value, base, cap, reruns);
    }

    /** The same with another first pause. */
    public RetryPolicy withBase(Duration value) {
        return new RetryPolicy(retries, value, cap, reruns);
    }

    /** The same with another longest pause. */
    public RetryPolicy withCap(Duration value) {
        return new RetryPolicy(retries, base, value, reruns);
    }

    /**
     * The pause before the next try; empty if there is to be none, because all are used up, or because the next one could
     * only begin when no time is left.
     *
     * @param failures how many tries have failed so far; 1 or more
     * @param notBefore when the other side said to come back, or null
     * @param left the time that is left
     */
    public Optional<Duration> pauseAfter(
            int failures, @Nullable Instant notBefore, Duration left, RandomGenerator random) {
        if (failures > retries) return Optional.empty();
        Duration pause = notBefore == null ? shortened(longestPause(failures), random) : until(notBefore);
        return pause.compareTo(left) < 0 ? Optional.of(pause) : Optional.empty();
    }

    private Duration longestPause(int failures) {
        Duration pause = base;
        for (int i = 1; i < failures && pause.compareTo(cap) < 0; i++) pause = pause.multipliedBy(2);
        return pause.compareTo(cap) < 0 ? pause : cap;
    }

    private static Duration shortened(Duration longest, RandomGenerator random) {
        return Duration.ofNanos(random.nextLong(longest.toNanos()) + 1);
    }

    private static Duration until(Instant moment) {
        Duration wait = Duration.between(Instant.now(), moment);
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
