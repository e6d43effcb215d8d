package dev.opencode4j.server.model;

import dev.opencode4j.core.part.Json;

/**
 * What a session changed in one file.
 *
 * @param file the file's path
 * @param status {@code added}, {@code deleted} or {@code modified}; empty when not told
 * @param additions lines added
 * @param deletions lines removed
 * @param raw everything as it was received: a patch, or both texts, by version
 */
public record FileDiff(String file, String status, long additions, long deletions, Json raw) {}
