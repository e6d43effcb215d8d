package dev.opencode4j.zen.tool;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.part.Json;
import java.util.Objects;

/**
 * A function that the model may call. Given to an agent as it is, its calls are handed to the caller: the turn ends with
 * them, and {@code ZenSession.answer} goes on. With code it is a {@link FunctionTool}.
 *
 * @param name 1 to 64 letters, digits, underscores and dashes, as the protocol demands
 * @param description what it does and when to use it, for the model
 * @param parameters the JSON schema of its arguments, which are one object; by JSON Schema 2020-12 unless it names another
 *     draft
 */
public record ToolDefinition(String name, String description, Json parameters) {

    /** Refuses names that the protocol does not allow. */
    public ToolDefinition {
        Arguments.text(name, "name");
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "name: must be 1 to 64 letters, digits, underscores and dashes, was '" + name + "'");
        }
        Arguments.text(description, "description");
        Objects.requireNonNull(parameters, "parameters");
    }
}
