package dev.opencode4j.core.event;

import dev.opencode4j.core.interaction.PermissionRequest;

/**
 * The agent, or a sub-agent of it, asks for permission and waits.
 *
 * @param request what it asks
 */
public record PermissionAsked(PermissionRequest request) implements AgentEvent {}
