package dev.opencode4j.server;

import dev.opencode4j.core.error.ServerException;

/** A server could not be started because another process was quicker to take the port that had been free. */
final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortTakenException(String message) {
        super(message);
    }

    ServerException asFailure() {
        return ServerException.retryable(String.valueOf(getMessage()), null);
    }
}
