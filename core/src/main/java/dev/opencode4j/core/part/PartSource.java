package dev.opencode4j.core.part;

/**
 * Where a part comes from. Most parts are stored by the agent and can be read again; some exist in the event stream
 * alone, and whoever replaces streamed parts by stored ones must keep those.
 */
public enum PartSource {
    /** The agent stores the part in its message. */
    MESSAGE,
    /** Made of {@code todo.updated} events for which no tool call was seen. */
    TODO_EVENTS;

    private static final String TODO_PREFIX = "todo-events:";

    /** Where {@code part} comes from. */
    public static PartSource of(Part part) {
        return part.id().startsWith(TODO_PREFIX) ? TODO_EVENTS : MESSAGE;
    }

    /** Whether only the event stream knows such parts. */
    public boolean isStreamOnly() {
        return this == TODO_EVENTS;
    }

    /** The id of the {@code n}th part that is made of todo events. */
    public static String todoPartId(int n) {
        return TODO_PREFIX + n;
    }
}
