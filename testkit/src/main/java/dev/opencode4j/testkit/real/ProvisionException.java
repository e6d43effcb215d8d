package dev.opencode4j.testkit.real;

import org.jspecify.annotations.Nullable;

/** A version of OpenCode is not on this machine and could not be installed; the message says how to get it. */
public final class ProvisionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Tells what was tried and how to get the version. */
    public ProvisionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
