package dev.opencode4j.core.event;

import dev.opencode4j.core.reply.TurnResult;

/**
 * The turn was interrupted, and aborted upstream.
 *
 * @param result what had been received
 */
public record TurnInterrupted(TurnResult result) implements TurnEnded {}
