package dev.opencode4j.core.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something took longer than it was allowed; the subclasses say which of the durations ran out. */
public abstract sealed class TimeoutException extends AgentException
        permits RequestTimeout, FirstEventTimeout, IdleTimeout, DeadlineExceeded {

    private static final long serialVersionUID = 1L;

    private final Duration limit;

    TimeoutException(String what, Duration limit, @Nullable Where where, String hint) {
        super(what + " within " + inWords(limit), where, hint, null);
        this.limit = limit;
    }

    TimeoutException(TimeoutException other) {
        super(other);
        this.limit = other.limit;
    }

    /** The duration that ran out. */
    public Duration limit() {
        return limit;
    }

    private static String inWords(Duration limit) {
        if (limit.getNano() == 0) return limit.getSeconds() + "s";
        return limit.getNano() % 1_000_000 == 0 ? limit.toMillis() + "ms" : limit.toString();
    }
}
