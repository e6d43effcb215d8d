package dev.opencode4j.testkit.contract;

import dev.opencode4j.core.Agent;
import java.time.Duration;

/**
 * What {@link AgentContract} needs to try an agent: the agent, the model behind it, and the few things that agents may
 * do differently. What an agent cannot do at all, its own {@code capabilities()} tell.
 */
public interface AgentRig extends AutoCloseable {

    /** Opens an agent that talks to {@link #model()}. The contract closes it. */
    Agent openAgent();

    /** The model behind the agents. */
    StagedModel model();

    /** Whether the agent, or what is behind it, asks the model again by itself when that answers with this HTTP status. */
    default boolean retries(int status) {
        return false;
    }

    /** Whether the agent, or what is behind it, shortens a conversation that is too long, and goes on. */
    default boolean shortensConversations() {
        return false;
    }

    /** Whether results tell how many tokens were used. */
    default boolean countsTokens() {
        return true;
    }

    /** How many sessions at once, and how many turns in a row, make a crowd: fewer where each costs a process. */
    default int crowd() {
        return 20;
    }

    /** A limit on a turn that is short, but long enough for the prompt to reach the model. */
    default Duration shortTurn() {
        return Duration.ofSeconds(2);
    }

    /** Frees what this rig has opened; called after each test. Does nothing unless overridden. */
    @Override
    default void close() {}
}
