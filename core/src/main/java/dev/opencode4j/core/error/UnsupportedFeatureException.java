package dev.opencode4j.core.error;

import org.jspecify.annotations.Nullable;

/** This agent, or this version of OpenCode, can't do that. */
public final class UnsupportedFeatureException extends AgentException {

    private static final long serialVersionUID = 1L;

    /** A failure at {@code where}, if it was one request's, in the words of {@code message}. */
    public UnsupportedFeatureException(String message, @Nullable Where where, @Nullable Throwable cause) {
        super(message, where, "Ask its capabilities first.", cause);
    }

    private UnsupportedFeatureException(UnsupportedFeatureException other) {
        super(other);
    }

    @Override
    protected UnsupportedFeatureException duplicate() {
        return new UnsupportedFeatureException(this);
    }
}
