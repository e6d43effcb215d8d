package dev.opencode4j.core.part;

/**
 * One part of a reply, as it stood at one moment: an immutable snapshot.
 *
 * <p>A part keeps its {@link #id()} and its {@link #index()} from the event that added it to the end of the turn, so
 * either can key a row or a DOM element. Parts that OpenCode invents later arrive as {@link UnknownPart}.
 */
public sealed interface Part permits TextPart, ReasoningPart, ToolPart, FilePart, UnknownPart {

    /** The index of a part that no reply has placed yet. */
    int UNPLACED = -1;

    /** The part's id, unique within its session; within its reply if only the event stream knows the part. */
    String id();

    /** The id of the assistant message that holds the part; empty for a part that only the event stream knows. */
    String messageId();

    /** The part's position in the reply, from 0, or {@link #UNPLACED}. */
    int index();

    /** The same part at another position. */
    Part at(int index);
}
