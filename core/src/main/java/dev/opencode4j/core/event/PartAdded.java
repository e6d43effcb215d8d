package dev.opencode4j.core.event;

import dev.opencode4j.core.part.Part;

/**
 * A part appears for the first time, with whatever of it is known.
 *
 * @param part the part; its index is its position
 */
public record PartAdded(Part part) implements AgentEvent {}
