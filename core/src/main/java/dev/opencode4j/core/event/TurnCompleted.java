package dev.opencode4j.core.event;

import dev.opencode4j.core.reply.TurnResult;

/**
 * The turn is over and its answer is whole.
 *
 * @param result the answer
 */
public record TurnCompleted(TurnResult result) implements TurnEnded {}
