package dev.opencode4j.core;

/**
 * Something that works on prompts: an OpenCode server, its command line, or a bare model.
 *
 * <p>Thread-safe; one agent serves a whole program. Errors are {@link dev.opencode4j.core.error.AgentException}s.
 */
public interface Agent extends AutoCloseable {

    /** Opens a new session. Costs at most one request. */
    AgentSession open(SessionOptions options);

    /** Opens a new session with {@link SessionOptions#DEFAULT}. */
    default AgentSession open() {
        return open(SessionOptions.DEFAULT);
    }

    /**
     * Opens an existing session. Costs one request.
     *
     * @throws dev.opencode4j.core.error.SessionNotFoundException if there is none of this id
     */
    AgentSession resume(String sessionId, SessionOptions options);

    /** What this agent can do. */
    Capabilities capabilities();

    /** Interrupts the turns that run, then frees connections and processes. Does nothing the second time. */
    @Override
    void close();
}
