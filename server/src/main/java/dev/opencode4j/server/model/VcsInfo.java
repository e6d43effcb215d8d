package dev.opencode4j.server.model;

import org.jspecify.annotations.Nullable;

/**
 * What version control says of a server's directory.
 *
 * @param branch the branch, or null without version control
 * @param defaultBranch the default branch, or null when not told
 */
public record VcsInfo(@Nullable String branch, @Nullable String defaultBranch) {}
