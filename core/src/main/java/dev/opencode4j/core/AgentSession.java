package dev.opencode4j.core;

import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import java.util.Optional;
import java.util.function.Consumer;

/** A conversation with an agent: turns that remember each other, one at a time. Thread-safe. */
public interface AgentSession extends AutoCloseable {

    /** The session's id, to resume it by. */
    String id();

    /**
     * Starts a turn and returns at once.
     *
     * @throws IllegalStateException if a turn of this session object is in progress, or it is closed
     */
    Turn start(Prompt prompt);

    /** Starts a turn with a prompt of text alone. */
    default Turn start(String prompt) {
        return start(Prompt.of(prompt));
    }

    /** Runs a turn to its end; blocks. Throws what {@link Turn#result()} throws. */
    default TurnResult run(String prompt) {
        return run(prompt, event -> {});
    }

    /** Runs a turn to its end; see {@link #run(Prompt, Consumer)}. */
    default TurnResult run(String prompt, Consumer<? super AgentEvent> listener) {
        return run(Prompt.of(prompt), listener);
    }

    /**
     * Runs a turn to its end, handing each event to {@code listener} on the calling thread; blocks. What the listener
     * throws ends the turn, aborts it upstream, and is thrown on as it is.
     */
    default TurnResult run(Prompt prompt, Consumer<? super AgentEvent> listener) {
        try (Turn turn = start(prompt)) {
            turn.forEach(listener);
            return turn.result();
        }
    }

    /**
     * Joins the session's last turn, whoever began it: all its events that can still be told, and those to come. Nothing
     * is prompted; a turn that is over ends at once. Blocks for a request or two.
     *
     * @return the turn; empty if the session has not been prompted
     * @throws UnsupportedFeatureException if turns can't be joined again, which {@link Capabilities#reattach()} tells
     * @throws IllegalStateException if a turn of this session object is in progress, or it is closed
     */
    default Optional<Turn> rejoin() {
        throw new UnsupportedFeatureException("turns of this agent can't be joined again", null, null);
    }

    /** Interrupts the turn in progress, if there is one. */
    void interrupt();

    /** Interrupts the turn in progress and forgets this object; the session itself stays. */
    @Override
    void close();
}
