package dev.opencode4j.core.interaction;

import dev.opencode4j.core.part.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent asks whether it may do something. Until it is told, it waits.
 *
 * @param id the request's id, to answer it by
 * @param sessionId the session that asks: the turn's own, or a sub-agent's
 * @param permission the kind of thing, such as {@code bash} or {@code edit}
 * @param patterns what exactly: commands, paths
 * @param always the patterns that "always" would allow from then on
 * @param metadata what else the agent says, such as a diff
 * @param messageId the message of the tool call that waits, in the session that asks, or null
 * @param callId the tool call that waits, or null
 */
public record PermissionRequest(
        String id,
        String sessionId,
        String permission,
        List<String> patterns,
        List<String> always,
        Json metadata,
        @Nullable String messageId,
        @Nullable String callId) {

    /** Keeps copies of the lists. */
    public PermissionRequest {
        patterns = List.copyOf(patterns);
        always = List.copyOf(always);
    }
}
