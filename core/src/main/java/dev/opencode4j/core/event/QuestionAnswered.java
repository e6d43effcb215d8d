package dev.opencode4j.core.event;

import dev.opencode4j.core.interaction.QuestionReply;
import java.time.Duration;

/**
 * A question was answered, by whomever.
 *
 * @param requestId the request
 * @param reply the answers
 * @param waited how long the request was pending; zero if it was never seen pending
 */
public record QuestionAnswered(String requestId, QuestionReply reply, Duration waited) implements AgentEvent {}
