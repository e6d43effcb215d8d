package dev.opencode4j.core.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The turn took longer than it was allowed, and was aborted. */
public final class DeadlineExceeded extends TimeoutException {

    private static final long serialVersionUID = 1L;

    /** The duration {@code limit} ran out. */
    public DeadlineExceeded(Duration limit, @Nullable Where where) {
        super("the turn was not over", limit, where, "Raise the turn timeout if the work is long.");
    }
}
