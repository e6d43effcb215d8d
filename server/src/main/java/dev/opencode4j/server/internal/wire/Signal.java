package dev.opencode4j.server.internal.wire;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.server.model.MessageInfo;
import dev.opencode4j.server.model.SessionStatus;

/** One event of a server's stream, decoded, about one session. */
public sealed interface Signal {

    /** The session it is about. */
    String sessionId();

    /**
     * Something for the reply, or for the turn's consumer.
     *
     * @param messageId the message it belongs to, a request's that of the tool call that waits; empty when it is the
     *     session's
     */
    record Told(String sessionId, String messageId, AgentEvent event) implements Signal {}

    /** A message began or changed. What it cost, and which agent and model wrote it, is left out of {@code info}. */
    record MessageChanged(MessageInfo info) implements Signal {
        @Override
        public String sessionId() {
            return info.sessionId();
        }
    }

    /**
     * The server itself put a user message into the session, to go on after it has compacted the history. What answers
     * that message belongs to the turn that ran into the limit.
     */
    record Continuation(String sessionId, String messageId) implements Signal {}

    /** The session began to work, will try again, or is idle. */
    record StatusChanged(String sessionId, SessionStatus status) implements Signal {}

    /** The session met an error; whether it goes on is another question. */
    record SessionFailed(String sessionId, AgentException error) implements Signal {}

    /** A session was created under another one: a sub-agent's. */
    record SessionBorn(String sessionId, String parentId) implements Signal {}

    /** Somebody deleted the session. Its model may run on (1.2.27, 1.15.13, 1.18.33). */
    record SessionDeleted(String sessionId) implements Signal {}
}
