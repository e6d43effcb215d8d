package dev.opencode4j.core.error;

import org.jspecify.annotations.Nullable;

/**
 * The turn was interrupted, by this program or by somebody else's abort; or, when there is no {@link #partial()}, the
 * thread that read or waited was, and the turn goes on.
 */
public final class InterruptedTurnException extends AgentException {

    private static final long serialVersionUID = 1L;

    /** A failure at {@code where}, if it was one request's, in the words of {@code message}. */
    public InterruptedTurnException(String message, @Nullable Where where, @Nullable Throwable cause) {
        super(message, where, "", cause);
    }

    private InterruptedTurnException(InterruptedTurnException other) {
        super(other);
    }

    @Override
    protected InterruptedTurnException duplicate() {
        return new InterruptedTurnException(this);
    }
}
