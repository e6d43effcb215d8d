package dev.opencode4j.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a session is doing. An open value: ask the methods, and expect other types.
 *
 * @param type {@code idle}, {@code busy} or {@code retry}
 * @param attempt how often a provider has been tried; 0 unless retrying
 * @param message why it is tried again, or null
 * @param next when it is tried again, or null
 */
public record SessionStatus(
        String type,
        int attempt,
        @Nullable String message,
        @Nullable Instant next) {

    /** Nothing runs. */
    public static final SessionStatus IDLE = new SessionStatus("idle", 0, null, null);

    /** A turn runs. */
    public static final SessionStatus BUSY = new SessionStatus("busy", 0, null, null);

    /** Whether nothing runs. */
    public boolean isIdle() {
        return type.equals(IDLE.type);
    }

    /** Whether a turn runs and the provider works. */
    public boolean isBusy() {
        return type.equals("busy");
    }

    /** Whether the provider failed and is tried again. */
    public boolean isRetrying() {
        return type.equals("retry");
    }
}
