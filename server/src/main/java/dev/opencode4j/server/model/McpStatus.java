package dev.opencode4j.server.model;

import org.jspecify.annotations.Nullable;

/**
 * How an MCP server is.
 *
 * @param status {@code connected}, {@code disabled}, {@code failed}, {@code needs_auth}, ...
 * @param error why it failed, or null
 */
public record McpStatus(String status, @Nullable String error) {}
