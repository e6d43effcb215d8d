package dev.opencode4j.core.error;

import org.jspecify.annotations.Nullable;

/** The account has no credit left, or the plan does not allow it. */
public final class BillingException extends AgentException {

    private static final long serialVersionUID = 1L;

    /** A failure at {@code where}, if it was one request's, in the words of {@code message}. */
    public BillingException(String message, @Nullable Where where, @Nullable Throwable cause) {
        super(message, where, "Check the account at the provider.", cause);
    }

    private BillingException(BillingException other) {
        super(other);
    }

    @Override
    protected BillingException duplicate() {
        return new BillingException(this);
    }
}
