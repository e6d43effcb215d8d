package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ToolPart;
import org.jspecify.annotations.Nullable;

/**
 * Reads which session a tool call gave to a sub-agent. A {@code task} call names it in its metadata as soon as it runs,
 * right after {@code session.created} and before the sub-agent is prompted (1.2.27, 1.15.13, 1.18.33).
 */
public final class TaskCallReader {

    private TaskCallReader() {}

    /** What the sub-agent that {@code part} started is told to do; empty if it started none, or does not say. */
    public static String prompt(Part part) {
        return part instanceof ToolPart tool
                ? tool.input().node().path("prompt").asString("")
                : "";
    }

    /** The session of the sub-agent that {@code part} started; null if it started none. */
    public static @Nullable String subAgentSession(Part part) {
        if (!(part instanceof ToolPart tool) || !tool.is("task")) return null;
        String session = tool.metadata().node().path("sessionId").asString("");
        return session.isEmpty() ? null : session;
    }
}
