package dev.opencode4j.server.internal.stream;

import dev.opencode4j.server.internal.wire.Signal;

/** Receives what a shared event stream says of some sessions, decoded for turns. See {@link StreamListener}. */
public non-sealed interface Subscriber extends StreamListener {

    /** Something of a watched session. */
    void signal(Signal signal);
}
