package dev.opencode4j.core.event;

import dev.opencode4j.core.part.Part;

/**
 * A part is whole: its content is the agent's own final one, whatever the deltas said, and even its type may differ from
 * that of the part that was added. A time to flush what was throttled. Told again if the agent changes the part after all.
 *
 * @param part the part
 */
public record PartFinished(Part part) implements AgentEvent {}
