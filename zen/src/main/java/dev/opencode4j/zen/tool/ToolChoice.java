package dev.opencode4j.zen.tool;

import dev.opencode4j.core.argument.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Whether the model calls a tool in the first answer of a turn; in later ones it is free, or it could never end.
 *
 * @param mode {@code auto}, {@code none}, {@code required}, or {@code function} for the one of {@code name}
 * @param name the tool's name, or null
 */
public record ToolChoice(String mode, @Nullable String name) {

    /** As the model likes. */
    public static final ToolChoice AUTO = new ToolChoice("auto", null);

    /** No tool. */
    public static final ToolChoice NONE = new ToolChoice("none", null);

    /** One tool at least. */
    public static final ToolChoice REQUIRED = new ToolChoice("required", null);

    /** This tool. */
    public static ToolChoice function(String name) {
        return new ToolChoice("function", Arguments.text(name, "name"));
    }
}
