package dev.opencode4j.server.internal.stream;

import java.util.IdentityHashMap;

/** The way of bytes to one subscriber, without a connection. */
public final class TestWire {

    private final SubscriberTable table = new SubscriberTable(() -> 1, () -> 0);
    private final FrameRouter router = new FrameRouter(table, StreamScope.SERVER);
    private final IdentityHashMap<Subscriber, StreamSubscription> subscriptions = new IdentityHashMap<>();

    public TestWire() {
        table.connecting();
    }

    /** Brings the events of the session to {@code subscriber} from now on. */
    public void watch(String sessionId, Subscriber subscriber) {
        subscriptions
                .computeIfAbsent(subscriber, added -> entered(sessionId, added))
                .watch(sessionId);
    }

    private StreamSubscription entered(String sessionId, Subscriber subscriber) {
        StreamSubscription subscription = new StreamSubscription(subscriber, StreamScope.SERVER, sessionId);
        subscription.enter(table);
        table.tellIfReady(subscription.listener());
        return subscription;
    }

    /** Brings it none any longer, nor of the other sessions that it watches. */
    public void unwatch(String sessionId, Subscriber subscriber) {
        StreamSubscription subscription = subscriptions.remove(subscriber);
        if (subscription != null) subscription.close();
    }

    /** How many subscribers watch it. */
    public int watchers() {
        return subscriptions.size();
    }

    /** Takes what a read from the connection has brought. */
    public void feed(byte[] bytes) {
        router.feed(bytes, bytes.length);
    }
}
