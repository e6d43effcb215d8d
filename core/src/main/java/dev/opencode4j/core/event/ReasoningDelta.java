package dev.opencode4j.core.event;

/**
 * Reasoning grew; see {@link TextDelta}.
 *
 * @param partId the part
 * @param index its position in the reply
 * @param text what was added, never empty
 */
public record ReasoningDelta(String partId, int index, String text) implements AgentEvent {}
