package dev.opencode4j.core.event;

import dev.opencode4j.core.part.Part;

/**
 * A part appears for the first time: a text part still empty, any other with whatever of it is known. Told once for
 * each part, and before anything else is told of it.
 *
 * <p>The index is the next free one, but for one case: a to-do call that is heard of after its events takes the index of
 * the part that was made of them ({@link dev.opencode4j.core.part.PartSource#TODO_EVENTS}), and replaces it.
 *
 * @param part the part; its index is its position
 */
public record PartAdded(Part part) implements AgentEvent {}
