package dev.opencode4j.core.error;

import org.jspecify.annotations.Nullable;

/** The other side refuses what was asked: an unknown agent or model, a bad argument. */
public final class BadRequestException extends AgentException {

    private static final long serialVersionUID = 1L;

    /** A failure at {@code where}, if it was one request's, in the words of {@code message}. */
    public BadRequestException(String message, @Nullable Where where, @Nullable Throwable cause) {
        super(message, where, "Correct the request; the same one will fail again.", cause);
    }

    private BadRequestException(BadRequestException other) {
        super(other);
    }

    @Override
    protected BadRequestException duplicate() {
        return new BadRequestException(this);
    }
}
