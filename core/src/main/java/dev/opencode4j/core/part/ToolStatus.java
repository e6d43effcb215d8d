package dev.opencode4j.core.part;

/**
 * How far a tool call has come. An open value: compare with the constants, and expect others.
 *
 * @param name the name on the wire, in lower case
 */
public record ToolStatus(String name) {

    /** The model is still writing the call's input. */
    public static final ToolStatus PENDING = new ToolStatus("pending");

    /** The input is complete and the tool is at work. */
    public static final ToolStatus RUNNING = new ToolStatus("running");

    /** The tool has returned its output. */
    public static final ToolStatus COMPLETED = new ToolStatus("completed");

    /** The tool failed, was rejected or was aborted. */
    public static final ToolStatus ERROR = new ToolStatus("error");

    /** Whether the call is over: it never leaves such a status. */
    public boolean isTerminal() {
        return equals(COMPLETED) || equals(ERROR);
    }

    @Override
    public String toString() {
        return name;
    }
}
