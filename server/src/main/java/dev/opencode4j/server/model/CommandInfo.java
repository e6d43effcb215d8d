package dev.opencode4j.server.model;

import dev.opencode4j.core.part.Json;
import org.jspecify.annotations.Nullable;

/**
 * A command that a server knows: a prompt with gaps under a name.
 *
 * @param name the name, without a slash
 * @param description what it is for, or null
 * @param agent the agent that runs it, or null for the session's
 * @param template the prompt; {@code $ARGUMENTS} is replaced
 * @param raw everything as it was received
 */
public record CommandInfo(
        String name, @Nullable String description, @Nullable String agent, String template, Json raw) {}
