package dev.opencode4j.core.event;

import dev.opencode4j.core.part.Part;

/**
 * A part is whole: its content is the agent's own final one, whatever the deltas said. A time to flush what was throttled.
 *
 * @param part the part
 */
public record PartFinished(Part part) implements AgentEvent {}
