package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.error.AgentException;

/**
 * Receives what becomes of the connection of a shared event stream. Called on the thread that reads the stream, on behalf
 * of everybody: it must not block. What it throws is logged and concerns nobody else.
 *
 * <p>Connections are numbered, in the order in which they were tried. A listener may be told of the same connection twice,
 * and of a connection's beginning after its end; the numbers tell.
 */
public sealed interface StreamListener permits Subscriber, EventObserver {

    /** From here on nothing is missed, until the connection's {@link #gap}. */
    void ready(long connection);

    /** An event was too large or broken, or its directory's instance was disposed of: something is missing. */
    void damaged();

    /** The connection broke; what is sent until the next {@link #ready} is missed. */
    void gap(long connection, AgentException cause);

    /** A try to connect failed; the next one follows soon. */
    void refused(AgentException cause);

    /** The client was closed, or the server can't tell what is listened to: nothing more will come. */
    void closed(AgentException cause);
}
