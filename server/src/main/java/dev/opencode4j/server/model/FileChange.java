package dev.opencode4j.server.model;

/**
 * A file that differs from version control's.
 *
 * @param path the file's path
 * @param status {@code added}, {@code deleted} or {@code modified}
 * @param added lines added
 * @param removed lines removed
 */
public record FileChange(String path, String status, long added, long removed) {}
