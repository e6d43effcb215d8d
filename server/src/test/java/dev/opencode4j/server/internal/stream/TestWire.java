package dev.opencode4j.server.internal.stream;

/** The way of bytes to one subscriber, without a connection. */
public final class TestWire {

    private final Routing routing = new Routing();
    private FrameRouter router;

    public TestWire() {
        routing.connecting();
        router = new FrameRouter(routing);
    }

    public void watch(String sessionId, Subscriber subscriber) {
        routing.add(sessionId, subscriber);
    }

    public void unwatch(String sessionId, Subscriber subscriber) {
        routing.remove(sessionId, subscriber);
    }

    public void feed(byte[] bytes) {
        router.feed(bytes, bytes.length);
    }
}
