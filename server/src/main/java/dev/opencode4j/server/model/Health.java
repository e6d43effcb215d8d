package dev.opencode4j.server.model;

/**
 * How a server feels.
 *
 * @param healthy whether it says that all is well
 * @param version its version; empty when not told
 */
public record Health(boolean healthy, String version) {}
