package dev.opencode4j.zen.internal.wire;

/**
 * A piece of a tool call; what a piece does not say is empty.
 *
 * @param index which call of the answer it belongs to
 * @param id the call's id
 * @param name the tool's name
 * @param arguments more of the arguments' JSON text
 */
public record ToolFragment(int index, String id, String name, String arguments) {

    ToolFragment withIndex(int value) {
        return new ToolFragment(value, id, name, arguments);
    }

    ToolFragment withId(String value) {
        return new ToolFragment(index, value, name, arguments);
    }

    ToolFragment withFunction(String tool, String moreArguments) {
        return new ToolFragment(index, id, tool, moreArguments);
    }
}
