package dev.opencode4j.command.agent;

import dev.opencode4j.server.OpenCodeServer;

/**
 * What a command works with, for as long as it runs.
 *
 * @param agent the agent
 * @param behind what the agent needs and is closed after it
 */
public record Upstream(OpenCodeServer agent, Behind behind) implements AutoCloseable {

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
