package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The turns of a client that have not ended, whatever they are waiting for: they end with the client. Thread-safe.
 */
public final class LiveTurns {

    private final Set<ServerTurn> turns = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Supplier<? extends AgentException> closed;

    /** Adds a turn, or ends it at once if the client is closed. */
    void add(ServerTurn turn) {
        turns.add(turn);
        Supplier<? extends AgentException> cause = closed;
        if (cause != null) cut(turn, cause);
    }

    void remove(ServerTurn turn) {
        turns.remove(turn);
    }

    /** Ends all turns, and those that are still to come, each with an exception of its own. */
    public void close(Supplier<? extends AgentException> cause) {
        if (closed == null) closed = cause;
        turns.forEach(turn -> cut(turn, cause));
    }

    private void cut(ServerTurn turn, Supplier<? extends AgentException> cause) {
        turn.cut(cause.get());
        turns.remove(turn);
    }

    /** How many have not ended. */
    int size() {
        return turns.size();
    }
}
