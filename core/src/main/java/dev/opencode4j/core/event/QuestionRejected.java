package dev.opencode4j.core.event;

import java.time.Duration;

/**
 * A question was rejected or cancelled, by whomever.
 *
 * @param requestId the request
 * @param waited how long the request was pending; zero if it was never seen pending
 */
public record QuestionRejected(String requestId, Duration waited) implements AgentEvent {}
