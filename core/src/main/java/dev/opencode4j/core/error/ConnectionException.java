package dev.opencode4j.core.error;

import org.jspecify.annotations.Nullable;

/**
 * Nothing answers at the address, or the connection broke: refused, reset, unknown host, TLS; or there is nobody any more
 * to connect with, because the client was closed or the server that it launched has ended.
 */
public final class ConnectionException extends AgentException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /** A failure at {@code where}, if it was one request's, in the words of {@code message}. */
    public ConnectionException(String message, @Nullable Where where, @Nullable Throwable cause) {
        super(message, where, "Check that the server runs and that the address is right.", cause);
        this.retryable = true;
    }

    private ConnectionException(String message, @Nullable Where where, String hint) {
        super(message, where, hint, null);
        this.retryable = false;
    }

    /** A failure that no other try makes better: the client was closed, or its server has ended. */
    public static ConnectionException fatal(String message, @Nullable Where where, String hint) {
        return new ConnectionException(message, where, hint);
    }

    /** The client or the agent was closed by its own program. */
    public static ConnectionException closed(@Nullable Where where) {
        return fatal("the client was closed", where, "Open another one.");
    }

    private ConnectionException(ConnectionException other) {
        super(other);
        this.retryable = other.retryable;
    }

    @Override
    public boolean isRetryable() {
        return retryable;
    }

    @Override
    protected ConnectionException duplicate() {
        return new ConnectionException(this);
    }
}
