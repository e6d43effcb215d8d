package dev.opencode4j.server.internal.stream;

import dev.opencode4j.server.internal.wire.RawEvent;

/** Receives every event of some sessions, of a directory or of the server. See {@link StreamListener}. */
public non-sealed interface EventObserver extends StreamListener {

    /** Called first, with what ends this subscription or adds sessions to it. */
    void subscribed(Subscription subscription);

    /** An event, or a heartbeat of the connection. */
    void event(RawEvent event);
}
