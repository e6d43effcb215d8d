package dev.opencode4j.zen.internal.net;

import java.io.IOException;

/** A proxy that has to be used can't be. Nothing was sent past it. */
public final class ProxyException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** It is of a kind that we don't speak. */
        UNSUPPORTED,
        /** It wants a user and a password. */
        UNAUTHENTICATED,
        /** It has refused for good. */
        REFUSED,
        /** It has failed, and may not the next time. */
        FAILED
    }

    private final Reason reason;

    /** A failure in words. */
    ProxyException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** A failure in words. */
    ProxyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
