package dev.opencode4j.core.event;

/**
 * Text grew. The deltas of a part, put together, may miss what was lost in a gap: {@link PartFinished} has the whole.
 *
 * @param partId the part
 * @param index its position in the reply
 * @param text what was added, never empty
 */
public record TextDelta(String partId, int index, String text) implements AgentEvent {}
