package dev.opencode4j.core.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server gave no sign of life for too long in the middle of a turn. */
public final class IdleTimeout extends TimeoutException {

    private static final long serialVersionUID = 1L;

    /** The duration {@code limit} ran out. */
    public IdleTimeout(Duration limit, @Nullable Where where) {
        super(
                "no sign of life from the server",
                limit,
                where,
                "Check that the server still runs; what it had done is kept in the session.");
    }

    private IdleTimeout(IdleTimeout other) {
        super(other);
    }

    @Override
    protected IdleTimeout duplicate() {
        return new IdleTimeout(this);
    }
}
