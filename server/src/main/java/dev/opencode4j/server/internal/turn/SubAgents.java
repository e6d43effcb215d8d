package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.part.Part;
import dev.opencode4j.server.internal.v1.TaskCallReader;
import dev.opencode4j.server.model.MessageInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a turn's sub-agents: those that its own tool calls name, and theirs. A session that somebody else
 * opened under the turn's is none of them. For one thread at a time.
 */
final class SubAgents {

    /** More than a sub-agent begins before the call that started it is told. */
    private static final int MOST_EARLY = 100;

    private final Map<String, SubAgentMessages> sessions = new HashMap<>(2);
    private final List<MessageInfo> early = new ArrayList<>(0);
    private final Consumer<String> onAdded;
    private final Consumer<MessageInfo> onMessage;

    /**
     * No sub-agents yet.
     *
     * @param onAdded is told each session once
     * @param onMessage is told what was kept of its messages
     */
    SubAgents(Consumer<String> onAdded, Consumer<MessageInfo> onMessage) {
        this.onAdded = onAdded;
        this.onMessage = onMessage;
    }

    /** Keeps a message of a session that may yet be named: in a git repository the call is told late (1.2.27). */
    void keep(MessageInfo info) {
        if (early.size() < MOST_EARLY) early.add(info);
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
        if (early.isEmpty()) return;
        List<MessageInfo> kept =
                early.stream().filter(info -> info.sessionId().equals(session)).toList();
        early.removeAll(kept);
        kept.forEach(onMessage);
    }

    /** What is known of a sub-agent's messages; null if the session is none of the turn's sub-agents. */
    @Nullable
    SubAgentMessages find(String session) {
        return sessions.get(session);
    }
}
