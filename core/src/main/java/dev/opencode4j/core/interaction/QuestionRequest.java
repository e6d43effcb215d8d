package dev.opencode4j.core.interaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent asks its user something. Until it is told, it waits.
 *
 * @param id the request's id, to answer it by
 * @param sessionId the session that asks: the turn's own, or a sub-agent's
 * @param questions the questions, at least one
 * @param messageId the message of the tool call that waits, in the session that asks, or null
 * @param callId the tool call that waits, or null
 */
public record QuestionRequest(
        String id,
        String sessionId,
        List<Question> questions,
        @Nullable String messageId,
        @Nullable String callId) {

    /** Keeps a copy of the list. */
    public QuestionRequest {
        questions = List.copyOf(questions);
    }
}
