package dev.opencode4j.core.event;

import dev.opencode4j.core.interaction.PermissionReply;
import java.time.Duration;

/**
 * A permission request was answered, by whomever.
 *
 * @param requestId the request
 * @param reply the answer
 * @param waited how long the request was pending; zero if it was never seen pending
 */
public record PermissionReplied(String requestId, PermissionReply reply, Duration waited) implements AgentEvent {}
