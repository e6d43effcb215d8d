package dev.opencode4j.server;

import dev.opencode4j.core.spi.EventChannel;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * What happens on a server, in a directory or in a session, from now on, for one consumer: an iterator or a subscriber. Close
 * it when it is of no use any more; that may be done from any thread, and from within the consumer.
 *
 * <pre>{@code
 * try (EventWatch watch = client.events().session(id)) {
 *   for (ServerEvent event : watch) {
 *     if (event.event() instanceof PermissionAsked asked) notify(asked.request());
 *   }
 * }
 * }</pre>
 *
 * <p>The stream breaks and comes back without an end of the watch; {@link ServerEvent#GAP} and {@link ServerEvent#CONNECTED}
 * tell. The watch ends
 *
 * <ul>
 *   <li>without a failure when it is closed: the iterator has no more, the subscriber is completed, and what waited is
 *       dropped;
 *   <li>with a {@link dev.opencode4j.core.error.SlowConsumerException} when too many events wait for the consumer, which
 *       slows nobody else;
 *   <li>with a {@link dev.opencode4j.core.error.ConnectionException} when the client is closed;
 *   <li>with the refusal when the server refuses the stream for good: wrong credentials, or no such stream.
 * </ul>
 *
 * <p>An iterator throws its failure, after the events that came before. Subscribers and callbacks run on threads for
 * consumers, never on the one that reads the stream. Thread-safe.
 */
public final class EventWatch implements Iterable<ServerEvent>, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EventWatch.class.getName());

    private final EventChannel<ServerEvent> channel;
    private final WatchObserver observer;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Executor executor;

    EventWatch(Executor executor, int buffer, WatchedSessions sessions) {
        this.executor = executor;
        this.channel = new EventChannel<>(buffer, executor);
        this.observer = new WatchObserver(channel, sessions, executor, () -> ready.complete(null));
    }

    WatchObserver observer() {
        return observer;
    }

    /**
     * The events in order; waits for each. An interrupt of the waiting thread is an {@code InterruptedTurnException} and
     * leaves the watch open.
     *
     * @throws IllegalStateException if the events have a consumer already
     */
    @Override
    public Iterator<ServerEvent> iterator() {
        return channel.iterator();
    }

    /** The events as a publisher for one subscriber; one who comes second gets an {@link IllegalStateException}. */
    public Flow.Publisher<ServerEvent> publisher() {
        return channel.publisher();
    }

    /**
     * Runs {@code callback} once, as soon as the stream is ready for the first time; soon if it is already. Whatever is
     * done from then on is seen, unless the stream breaks. It never runs if the stream never gets ready. What it throws is
     * logged.
     */
    public void onReady(Runnable callback) {
        ready.thenRunAsync(
                () -> {
                    try {
                        callback.run();
                    } catch (RuntimeException | Error e) {
                        LOG.log(Level.WARNING, "A callback of a watch threw; the watch goes on.", e);
                    }
                },
                executor);
    }

    @Override
    public void close() {
        observer.close();
    }
}
