package dev.opencode4j.core.event;

import dev.opencode4j.core.interaction.QuestionRequest;

/**
 * The agent, or a sub-agent of it, asks a question and waits.
 *
 * @param request what it asks
 */
public record QuestionAsked(QuestionRequest request) implements AgentEvent {}
