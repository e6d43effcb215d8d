package dev.opencode4j.core.error;

import org.jspecify.annotations.Nullable;

/** Nothing answers at the address, or the connection broke: refused, reset, unknown host, TLS. */
public final class ConnectionException extends AgentException {

    private static final long serialVersionUID = 1L;

    /** A failure at {@code where}, if it was one request's, in the words of {@code message}. */
    public ConnectionException(String message, @Nullable Where where, @Nullable Throwable cause) {
        super(message, where, "Check that the server runs and that the address is right.", cause);
    }

    private ConnectionException(ConnectionException other) {
        super(other);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }

    @Override
    protected ConnectionException duplicate() {
        return new ConnectionException(this);
    }
}
