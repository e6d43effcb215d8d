package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.part.Part;
import dev.opencode4j.server.internal.v1.TaskCallReader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a turn's sub-agents: those that its own tool calls name, and theirs. A session that somebody else
 * opened under the turn's is none of them. For one thread at a time.
 */
final class SubAgents {

    private final Map<String, SubAgentMessages> sessions = new HashMap<>(2);
    private final Consumer<String> onAdded;

    /** @param onAdded is told each session once */
    SubAgents(Consumer<String> onAdded) {
        this.onAdded = onAdded;
    }

    /** Takes in a part of an answer of the turn, or of one of its sub-agents. */
    void sighted(Part part) {
        String session = TaskCallReader.subAgentSession(part);
        if (session != null) add(session, TaskCallReader.prompt(part));
    }

    /** Takes in that a tool call of the turn's, or of one of its sub-agents, has prompted this session. */
    void add(String session, String prompt) {
        SubAgentMessages messages = sessions.get(session);
        if (messages == null) {
            messages = new SubAgentMessages();
            sessions.put(session, messages);
            onAdded.accept(session);
        }
        messages.prompted(prompt);
    }

    /** What is known of a sub-agent's messages; null if the session is none of the turn's sub-agents. */
    @Nullable
    SubAgentMessages find(String session) {
        return sessions.get(session);
    }
}
