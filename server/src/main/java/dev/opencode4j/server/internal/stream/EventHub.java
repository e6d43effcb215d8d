package dev.opencode4j.server.internal.stream;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** The shared event streams of one server, one for each directory that is watched. Thread-safe. */
public final class EventHub implements AutoCloseable {

    private final ConcurrentHashMap<String, SharedStream> streams = new ConcurrentHashMap<>();
    private final Function<String, StreamOpener> openers;
    private final StreamSettings settings;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private volatile boolean closed;

    /**
     * A hub without streams yet.
     *
     * @param openers how to open the stream of a directory; of the server's own one if the name is empty
     */
    public EventHub(
            Function<String, StreamOpener> openers,
            StreamSettings settings,
            Executor executor,
            ScheduledExecutorService timer) {
        this.openers = openers;
        this.settings = settings;
        this.executor = executor;
        this.timer = timer;
    }

    /** Watches a session of a directory; opens the directory's stream if nobody watched it. */
    public Subscription subscribe(String directory, String sessionId, Subscriber subscriber) {
        if (closed) throw new IllegalStateException("the client is closed");
        SharedStream stream = streams.computeIfAbsent(
                directory, key -> new SharedStream(openers.apply(key), settings, executor, timer));
        if (closed) stream.close(); // It may have come too late to be closed with the others.
        return stream.subscribe(sessionId, subscriber);
    }

    @Override
    public void close() {
        closed = true;
        streams.values().forEach(SharedStream::close);
    }
}
