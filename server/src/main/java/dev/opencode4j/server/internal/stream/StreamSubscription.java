package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.error.AgentException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A listener and what it listens to; its stream may change. */
final class StreamSubscription implements Subscription {

    private final StreamListener listener;
    private final StreamScope scope;
    private final Set<String> keys = new HashSet<>(2);
    private volatile @Nullable SubscriberTable table;
    private boolean over;

    /**
     * A subscription that has no stream yet.
     *
     * @param scope where its events come from
     * @param key the session, the directory or {@link SubscriberTable#WHOLE_SERVER} that it is about
     */
    StreamSubscription(StreamListener listener, StreamScope scope, String key) {
        this.listener = listener;
        this.scope = scope;
        keys.add(key);
    }

    StreamListener listener() {
        return listener;
    }

    /** The smallest stream that has its events. */
    StreamScope scope() {
        return scope;
    }

    /** Whether it is about that directory; where the client's own is, which has no name, nobody knows. */
    boolean isAbout(String directory) {
        return scope.directory().isEmpty() || scope.directory().equals(directory);
    }

    /** Begins to listen to a stream, unless it is over; false if the stream is over. */
    boolean enter(SubscriberTable stream) {
        synchronized (this) {
            if (over) return true;
            if (!stream.enter(this)) return false;
            table = stream;
            keys.forEach(key -> stream.add(key, listener));
        }
        return true;
    }

    /** Tells the listener the end, unless the subscription is over. */
    void end(AgentException cause) {
        synchronized (this) {
            if (over) return;
            close();
        }
        SubscriberTable.tell(listener, ended -> ended.closed(cause));
    }

    @Override
    public synchronized void watch(String sessionId) {
        SubscriberTable stream = table;
        if (!over && keys.add(sessionId) && stream != null) stream.add(sessionId, listener);
    }

    @Override
    public long lastLife() {
        SubscriberTable stream = table;
        return stream == null ? 0 : stream.lastLife();
    }

    @Override
    public synchronized void close() {
        if (over) return;
        over = true;
        SubscriberTable stream = table;
        if (stream == null) return;
        keys.forEach(key -> stream.remove(key, listener));
        stream.leave(this);
    }
}
