package dev.opencode4j.core.part;

import java.util.Map;

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
    private static final String TODO_EVENT = "todo.updated";
    private static final Json TODO_METADATA = Json.of(Map.of("source", TODO_EVENT));

    /** Where {@code part} comes from, which its id tells. */
    public static PartSource of(Part part) {
        return part.id().startsWith(TODO_PREFIX) ? TODO_EVENTS : MESSAGE;
    }

    /** Whether only the event stream knows such parts. */
    public boolean isStreamOnly() {
        return this == TODO_EVENTS;
    }

    /** The id of the {@code n}th part of a reply that is made of todo events. */
    public static String todoPartId(int n) {
        return TODO_PREFIX + n;
    }

    /** The metadata that marks a part as made of todo events wherever its id is not kept. */
    public static Json todoMetadata() {
        return TODO_METADATA;
    }

    /** Whether {@code metadata} is a tool call's that was made of todo events. */
    static boolean isTodoMetadata(Json metadata) {
        return TODO_EVENT.equals(metadata.node().path("source").asString(""));
    }
}
