package dev.opencode4j.core.event;

import java.time.Instant;

/**
 * The agent's provider failed, and the agent will try again by itself.
 *
 * @param attempt which try failed, from 1
 * @param message what the provider said
 * @param next when it tries again, by the agent's clock
 */
public record Retrying(int attempt, String message, Instant next) implements AgentEvent {}
