package dev.opencode4j.core.event;

import dev.opencode4j.core.part.Json;

/**
 * An event of a type that this version of the library has no record for.
 *
 * @param type the type's name on the wire
 * @param raw the whole event as it was received
 */
public record UnknownEvent(String type, Json raw) implements AgentEvent {}
