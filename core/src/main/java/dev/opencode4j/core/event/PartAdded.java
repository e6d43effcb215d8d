package dev.opencode4j.core.event;

import dev.opencode4j.core.part.Part;

/**
 * A part appears for the first time: a text part still empty, any other with whatever of it is known. Told once for
 * each part, and before anything else is told of it.
 *
 * @param part the part; its index is its position, the next free one
 */
public record PartAdded(Part part) implements AgentEvent {}
