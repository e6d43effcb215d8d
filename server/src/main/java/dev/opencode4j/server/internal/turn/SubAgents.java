package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.part.Part;
import dev.opencode4j.server.internal.v1.TaskCallReader;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The sessions of a turn's sub-agents: those that its own tool calls name, and theirs. A session that somebody else
 * opened under the turn's is none of them. For one thread at a time.
 */
final class SubAgents {

    private final Set<String> sessions = new HashSet<>(2);
    private final Consumer<String> onAdded;

    /** @param onAdded is told each session once */
    SubAgents(Consumer<String> onAdded) {
        this.onAdded = onAdded;
    }

    /** Takes in a part of an answer of the turn, or of one of its sub-agents. */
    void sighted(Part part) {
        String session = TaskCallReader.subAgentSession(part);
        if (session != null) add(session);
    }

    /** Takes in a session that a tool call of the turn's, or of one of its sub-agents, has started. */
    void add(String session) {
        if (sessions.add(session)) onAdded.accept(session);
    }

    boolean has(String session) {
        return sessions.contains(session);
    }
}
