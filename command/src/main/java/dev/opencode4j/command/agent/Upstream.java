package dev.opencode4j.command.agent;

import dev.opencode4j.core.Agent;

/**
 * What a command works with, for as long as it runs.
 *
 * @param <A> what kind of agent it is
 * @param agent the agent
 * @param behind what the agent needs and is closed after it
 */
public record Upstream<A extends Agent>(A agent, Behind behind) implements AutoCloseable {

    /** Something behind an agent that is closed after it. */
    public interface Behind extends AutoCloseable {

        /** Frees it; does not fail. */
        @Override
        void close();
    }

    /** Closes the agent and what is behind it; a server that was launched is stopped. */
    @Override
    public void close() {
        try {
            agent.close();
        } finally {
            behind.close();
        }
    }
}
