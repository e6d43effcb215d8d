package dev.opencode4j.server.model;

/**
 * Where a server keeps things, on its own machine.
 *
 * @param home its home directory
 * @param state its state
 * @param config its configuration
 * @param worktree the root of the project; {@code /} without version control
 * @param directory the directory it works in
 */
public record ServerPaths(String home, String state, String config, String worktree, String directory) {}
