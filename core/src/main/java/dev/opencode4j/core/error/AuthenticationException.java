package dev.opencode4j.core.error;

import org.jspecify.annotations.Nullable;

/** The password, key or token is missing or wrong. */
public final class AuthenticationException extends AgentException {

    private static final long serialVersionUID = 1L;

    /** A failure at {@code where}, if it was one request's, in the words of {@code message}. */
    public AuthenticationException(String message, @Nullable Where where, @Nullable Throwable cause) {
        super(message, where, "Check the credentials.", cause);
    }

    private AuthenticationException(AuthenticationException other) {
        super(other);
    }

    @Override
    protected AuthenticationException duplicate() {
        return new AuthenticationException(this);
    }
}
