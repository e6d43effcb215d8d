package dev.opencode4j.core.event;

/**
 * The turn begins: its prompt is about to be sent.
 *
 * @param sessionId the session
 * @param messageId the id of the prompt's message, which identifies the turn
 */
public record TurnStarted(String sessionId, String messageId) implements AgentEvent {}
