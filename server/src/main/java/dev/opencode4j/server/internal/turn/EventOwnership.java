package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.QuestionAnswered;
import dev.opencode4j.core.event.QuestionRejected;
import dev.opencode4j.core.event.UnknownEvent;
import dev.opencode4j.server.internal.wire.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose an event is, before anything is made of it: the turn's, or that of a person, another program or another
 * turn that uses the same session at the same time.
 *
 * <p>An event that carries a message id belongs to whoever the message answers. Permissions and questions carry that of
 * the tool call that waits (1.2.27, 1.15.13, 1.18.33). What carries none, such as to-dos, retries and errors, is what
 * the session does at the moment: it is the turn's if the latest answer begun in the session is. Of other sessions only
 * the sub-agents' are the turn's, and those are the ones that its own tool calls name.
 */
final class EventOwnership {

    /** Whose an event is. */
    enum Owner {
        TURN,
        OTHERS,
        /** Nobody can say yet: the message has not been told of, or no answer has begun. */
        UNKNOWN
    }

    private final String sessionId;
    private final Answers answers;
    private final SubAgents subAgents;

    EventOwnership(String sessionId, Answers answers, SubAgents subAgents) {
        this.sessionId = sessionId;
        this.answers = answers;
        this.subAgents = subAgents;
    }

    /** Whose this event is. */
    Owner of(Signal signal) {
        boolean isOwnSession = signal.sessionId().equals(sessionId);
        if (!(signal instanceof Signal.Told told)) return isOwnSession ? ofSession() : Owner.OTHERS;
        if (isResolution(told.event())) return Owner.TURN;
        if (!isOwnSession) return ofSubAgent(signal.sessionId(), told.messageId());
        return told.messageId().isEmpty() ? ofSession(told.event()) : ofMessage(told.messageId());
    }

    /** Whose a permission request or question is, which may be about a tool call. */
    Owner ofRequest(String session, @Nullable String messageId) {
        String message = messageId == null ? "" : messageId;
        if (!session.equals(sessionId)) return ofSubAgent(session, message);
        return message.isEmpty() ? ofSession() : ofMessage(message);
    }

    private Owner ofMessage(String messageId) {
        if (answers.isOurs(messageId)) return Owner.TURN;
        return answers.isForeign(messageId) ? Owner.OTHERS : Owner.UNKNOWN;
    }

    private Owner ofSubAgent(String session, String messageId) {
        SubAgentMessages messages = subAgents.find(session);
        if (messages == null) return Owner.UNKNOWN; // Born under the turn's session: it may yet be named.
        if (messageId.isEmpty()) return messages.isLatestOurs() ? Owner.TURN : Owner.OTHERS;
        if (messages.isOurs(messageId)) return Owner.TURN;
        return messages.isForeign(messageId) ? Owner.OTHERS : Owner.UNKNOWN;
    }

    private Owner ofSession() {
        if (answers.isLatestOurs()) return Owner.TURN;
        return answers.isLatestOthers() ? Owner.OTHERS : Owner.UNKNOWN;
    }

    /** An event that nobody knows may tell of what comes before the answer. */
    private Owner ofSession(AgentEvent event) {
        Owner owner = ofSession();
        return owner == Owner.UNKNOWN && event instanceof UnknownEvent ? Owner.TURN : owner;
    }

    /** That a request has been replied to is told by its id alone, and the turn knows the ids of its own. */
    private static boolean isResolution(AgentEvent event) {
        return event instanceof PermissionReplied
                || event instanceof QuestionAnswered
                || event instanceof QuestionRejected;
    }
}
