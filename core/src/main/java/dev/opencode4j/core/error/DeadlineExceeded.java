package dev.opencode4j.core.error;

import java.time.Duration;

/** The turn took longer than it was allowed, and was aborted. */
public final class DeadlineExceeded extends TimeoutException {

    private static final long serialVersionUID = 1L;

    /** The duration {@code limit} ran out. */
    public DeadlineExceeded(Duration limit) {
        this(limit, "");
    }

    /** The duration {@code limit} ran out while a provider was tried again and again; what it said last, or empty. */
    public DeadlineExceeded(Duration limit, String refusal) {
        super("the turn was not over", limit, null, hint(refusal));
    }

    private static String hint(String refusal) {
        return refusal.isEmpty()
                ? "Raise the turn timeout if the work is long."
                : "Its provider was being tried again; it had said: " + refusal;
    }

    private DeadlineExceeded(DeadlineExceeded other) {
        super(other);
    }

    @Override
    protected DeadlineExceeded duplicate() {
        return new DeadlineExceeded(this);
    }
}
