package dev.opencode4j.server.model;

import dev.opencode4j.core.part.Json;

/**
 * A line that was found.
 *
 * @param path the file's path
 * @param line the line
 * @param lineNumber its number, from 1
 * @param raw everything as it was received: offsets and the places within the line
 */
public record TextMatch(String path, String line, long lineNumber, Json raw) {}
