package dev.opencode4j.core.event;

import dev.opencode4j.core.error.AgentException;

/**
 * The agent reports an error that has not ended the turn, or not yet.
 *
 * @param error the error
 */
public record ErrorReported(AgentException error) implements AgentEvent {}
