package dev.opencode4j.core.event;

import dev.opencode4j.core.part.ToolPart;

/**
 * A tool call moved on: its status, input, output or metadata changed.
 *
 * @param tool the call as it stands now
 */
public record ToolProgressed(ToolPart tool) implements AgentEvent {}
