package dev.opencode4j.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a session is doing. An open value: compare {@link #type()} with the constants' and expect others.
 *
 * @param type {@code idle}, {@code busy} or {@code retry}
 * @param attempt with {@code retry}: which try failed; else 0
 * @param message with {@code retry}: what the provider said; else empty
 * @param next with {@code retry}: when it tries again; else null
 */
public record SessionStatus(
        String type, int attempt, String message, @Nullable Instant next) {

    /** Nothing runs. */
    public static final SessionStatus IDLE = new SessionStatus("idle", 0, "", null);

    /** A turn runs. */
    public static final SessionStatus BUSY = new SessionStatus("busy", 0, "", null);

    /** Whether nothing runs. */
    public boolean isIdle() {
        return type.equals("idle");
    }

    /** Whether the provider failed and will be asked again. */
    public boolean isRetry() {
        return type.equals("retry");
    }
}
