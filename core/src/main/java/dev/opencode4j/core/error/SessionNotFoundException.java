package dev.opencode4j.core.error;

import org.jspecify.annotations.Nullable;

/** The session, message or request does not exist, or no longer. */
public final class SessionNotFoundException extends AgentException {

    private static final long serialVersionUID = 1L;

    /** A failure at {@code where}, if it was one request's, in the words of {@code message}. */
    public SessionNotFoundException(String message, @Nullable Where where, @Nullable Throwable cause) {
        super(message, where, "Create a new session, or check the id.", cause);
    }

    private SessionNotFoundException(SessionNotFoundException other) {
        super(other);
    }

    @Override
    protected SessionNotFoundException duplicate() {
        return new SessionNotFoundException(this);
    }
}
