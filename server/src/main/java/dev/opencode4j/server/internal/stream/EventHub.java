package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The shared event streams of one server, one for each directory that is watched. Thread-safe. */
public final class EventHub implements AutoCloseable {

    private final ConcurrentHashMap<String, SharedStream> streams = new ConcurrentHashMap<>();
    private final Function<String, StreamOpener> openers;
    private final StreamSettings settings;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private volatile @Nullable Supplier<? extends AgentException> end;

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

    /**
     * Watches a session of a directory; opens the directory's stream if nobody watched it.
     *
     * @throws AgentException that says why there is nothing to watch any more, after {@link #fail} or {@link #close}
     */
    public Subscription subscribe(String directory, String sessionId, Subscriber subscriber) {
        Supplier<? extends AgentException> before = end;
        if (before != null) throw before.get();
        SharedStream stream = streams.computeIfAbsent(
                directory, key -> new SharedStream(openers.apply(key), settings, executor, timer));
        Supplier<? extends AgentException> meanwhile = end;
        if (meanwhile != null) stream.fail(meanwhile); // It may have come too late to end with the others.
        return stream.subscribe(sessionId, subscriber);
    }

    /**
     * Ends all streams for good, and tells each subscriber with an error of its own.
     *
     * @param cause makes the errors
     */
    public void fail(Supplier<? extends AgentException> cause) {
        end = cause;
        streams.values().forEach(stream -> stream.fail(cause));
    }

    @Override
    public void close() {
        fail(() -> ConnectionException.closed(null));
    }
}
