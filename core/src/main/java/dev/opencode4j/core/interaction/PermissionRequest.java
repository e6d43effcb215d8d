package dev.opencode4j.core.interaction;

import dev.opencode4j.core.part.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An agent asks whether it may do something. Until it is told, it waits.
 *
 * <p>Decide about what will run by {@link #command()} or {@link #diff()}, never by the patterns: they are parts of it.
 * {@code git log; git init x | cat > f} has the patterns {@code git log}, {@code git init x} and {@code cat}, and the
 * redirect is in none of them. {@link CommandMatcher} holds for the whole of a command.
 *
 * @param id the request's id, to answer it by
 * @param sessionId the session that asks: the turn's own, or a sub-agent's
 * @param permission the kind of thing, such as {@code bash} or {@code edit}
 * @param patterns what the agent's rules are compared with: the parts of a command, paths, addresses
 * @param always the patterns that "always" would allow from then on; each may allow far more than what is asked now
 * @param metadata what else the agent says, such as a diff
 * @param messageId the message of the tool call that waits, in the session that asks, or null
 * @param callId the tool call that waits, or null
 * @param details what that tool call does
 */
public record PermissionRequest(
        String id,
        String sessionId,
        String permission,
        List<String> patterns,
        List<String> always,
        Json metadata,
        @Nullable String messageId,
        @Nullable String callId,
        ToolCallDetails details) {

    /** Keeps copies of the lists. */
    public PermissionRequest {
        patterns = List.copyOf(patterns);
        always = List.copyOf(always);
    }

    /** A request of whose tool call nothing is known. */
    public PermissionRequest(
            String id,
            String sessionId,
            String permission,
            List<String> patterns,
            List<String> always,
            Json metadata,
            @Nullable String messageId,
            @Nullable String callId) {
        this(id, sessionId, permission, patterns, always, metadata, messageId, callId, ToolCallDetails.UNKNOWN);
    }

    /**
     * The exact text that the shell is given if this is allowed: all of it, with pipes, redirects and line ends. Empty
     * if this is no permission to run a command, or if the command is not known: allow nothing then. The directory that
     * it runs in is not part of it; OpenCode asks for {@code external_directory} if that lies outside of its own.
     */
    public Optional<String> command() {
        return Optional.ofNullable(details.command());
    }

    /** The change as a unified diff if this is a permission to edit; empty otherwise, and if it is not known. */
    public Optional<String> diff() {
        return Optional.ofNullable(details.diff());
    }

    /** This request with what became known of its tool call. */
    public PermissionRequest with(ToolCallDetails known) {
        return new PermissionRequest(id, sessionId, permission, patterns, always, metadata, messageId, callId, known);
    }
}
