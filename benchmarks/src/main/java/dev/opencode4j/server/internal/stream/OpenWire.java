package dev.opencode4j.server.internal.stream;

/** The way of a connection's bytes to those who watch, without the connection. */
public final class OpenWire {

    private final Routing routing = new Routing();
    private final FrameRouter router;

    public OpenWire() {
        routing.connecting();
        router = new FrameRouter(routing);
    }

    /** Brings the events of the session to {@code subscriber} from now on. */
    public void watch(String sessionId, Subscriber subscriber) {
        routing.add(sessionId, subscriber);
    }

    /** Brings them no longer. */
    public void unwatch(String sessionId, Subscriber subscriber) {
        routing.remove(sessionId, subscriber);
    }

    /** Takes what a read from the connection has brought. */
    public void feed(byte[] bytes) {
        router.feed(bytes, bytes.length);
    }
}
