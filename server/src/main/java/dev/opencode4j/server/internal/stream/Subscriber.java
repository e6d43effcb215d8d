package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.server.internal.wire.Signal;

/**
 * Takes what a shared event stream tells of some sessions. Called on the thread that reads the stream, on behalf of
 * everybody: it must not block.
 *
 * <p>Connections are numbered. A subscriber may be told of the same connection twice, and of a connection's beginning
 * after its end; the numbers tell.
 */
public interface Subscriber {

    /** From here on nothing is missed, until the connection's {@link #gap}. */
    void ready(long connection);

    /** Something of a watched session. */
    void signal(Signal signal);

    /** An event of a watched session was too large or broken: something is missing. */
    void damaged();

    /** The connection broke; what is sent until the next {@link #ready} is missed. */
    void gap(long connection, AgentException cause);

    /** A try to connect failed; the next one follows soon. */
    void refused(AgentException cause);

    /** The client was closed, or its server is gone for good: nothing more will come. The error is nobody else's. */
    void closed(AgentException cause);
}
