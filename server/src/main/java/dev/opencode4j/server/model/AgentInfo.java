package dev.opencode4j.server.model;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Model;
import org.jspecify.annotations.Nullable;

/**
 * An agent that a server knows, in OpenCode's sense: a prompt, a model and rules under a name.
 *
 * @param name the name
 * @param description what it is for, or null
 * @param mode {@code primary}, {@code subagent} or {@code all}
 * @param model its model, or null for the default one
 * @param raw everything as it was received
 */
public record AgentInfo(
        String name,
        @Nullable String description,
        String mode,
        @Nullable Model model,
        Json raw) {

    /** Leaves out what may hold a provider's options. */
    @Override
    public String toString() {
        return "AgentInfo[" + name + ", " + mode + ']';
    }
}
