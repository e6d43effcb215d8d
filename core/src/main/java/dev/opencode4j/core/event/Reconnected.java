package dev.opencode4j.core.event;

import java.time.Duration;

/**
 * The event stream had broken and is whole again; what was missed has been asked for and applied.
 *
 * @param gap how long nothing was heard
 * @param cause why the stream broke, in one line
 */
public record Reconnected(Duration gap, String cause) implements AgentEvent {}
