package dev.opencode4j.core.event;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.reply.TurnResult;

/**
 * The turn is over without its whole answer.
 *
 * @param error why
 * @param result what had been received
 */
public record TurnFailed(AgentException error, TurnResult result) implements TurnEnded {}
