package dev.opencode4j.server.internal.wire;

import dev.opencode4j.core.part.Json;
import org.jspecify.annotations.Nullable;

/**
 * An event of a server's stream, decoded and as it was sent.
 *
 * @param type its type
 * @param directory the directory that it is about; empty if it is about none, or that is not told
 * @param sessionId the session that it is about; empty if it is about none
 * @param signal what it says to a turn; null if that is nothing
 * @param json the whole event
 */
public record RawEvent(
        String type,
        String directory,
        String sessionId,
        @Nullable Signal signal,
        Json json) {}
