package dev.opencode4j.server.internal.turn;

/**
 * A tool call that started a sub-agent.
 *
 * @param sessionId the session of the call
 * @param messageId the message of the call
 * @param subAgent the session that it started
 * @param prompt what the sub-agent is told to do
 */
public record TaskCall(String sessionId, String messageId, String subAgent, String prompt) {}
