package dev.opencode4j.core.work;

import dev.opencode4j.core.AgentSession;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of an agent that are open, which end with it. Thread-safe.
 *
 * @param <S> what kind of session it has
 */
public final class OpenSessions<S extends AgentSession> implements AutoCloseable {

    private final Set<S> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Adds a session.
     *
     * @throws IllegalStateException if the agent is closed; the session is closed then
     */
    public S add(S session) {
        sessions.add(session);
        if (closed) session.close();
        requireOpen();
        return session;
    }

    /**
     * Refuses what only an open agent can do, before anything is done.
     *
     * @throws IllegalStateException if the agent is closed
     */
    public void requireOpen() {
        if (closed) throw new IllegalStateException("the agent is closed");
    }

    /** Forgets a session that was closed. */
    public void remove(S session) {
        sessions.remove(session);
    }

    /** Interrupts the turns of all of them, then closes each; none is added any more. */
    @Override
    public void close() {
        closed = true;
        sessions.forEach(AgentSession::interrupt);
        sessions.forEach(AgentSession::close);
    }
}
