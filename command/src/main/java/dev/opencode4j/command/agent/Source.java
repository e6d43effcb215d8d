package dev.opencode4j.command.agent;

import dev.opencode4j.core.Agent;
import java.util.function.Supplier;

/**
 * What a command may work with, found but not opened yet.
 *
 * @param <A> what kind of agent it is
 * @param name which it is, in a few words
 * @param hint how to get a real one, or another one
 * @param opener opens it
 */
public record Source<A extends Agent>(String name, String hint, Supplier<Upstream<A>> opener) {

    /** In a line: which it is, and how to get another one. */
    public String announcement() {
        return "opencode4j: using " + name + "; " + hint;
    }

    /**
     * Opens it. What must be launched is launched, and has answered when this returns.
     *
     * @throws dev.opencode4j.core.error.AgentException if that fails
     */
    public Upstream<A> open() {
        return opener.get();
    }
}
