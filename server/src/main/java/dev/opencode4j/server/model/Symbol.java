package dev.opencode4j.server.model;

import dev.opencode4j.core.part.Json;

/**
 * A symbol that a language server found.
 *
 * @param name its name
 * @param kind its kind, as the Language Server Protocol numbers them
 * @param uri the file
 * @param raw everything as it was received: the range too
 */
public record Symbol(String name, long kind, String uri, Json raw) {}
