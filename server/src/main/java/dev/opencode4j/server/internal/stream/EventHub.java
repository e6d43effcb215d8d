package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.spi.Threads;
import dev.opencode4j.core.work.Ticker;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The shared event streams of one client: one for the whole server where the server has it, else one for each directory
 * that is watched. Nothing of a stream stays when it is over. Thread-safe.
 *
 * <p>Whoever subscribes to a closed hub is told so as its end; no method throws for that.
 */
public final class EventHub implements AutoCloseable {

    private final ConcurrentHashMap<StreamScope, SharedStream> streams = new ConcurrentHashMap<>();
    private final Function<StreamScope, StreamOpener> openers;
    private final StreamSettings settings;
    private final Ticker ticker;
    private final ExecutorService readers = Threads.perTask("opencode4j-events");
    private final AtomicLong connections = new AtomicLong();
    private volatile @Nullable String whyNotWhole;
    private volatile @Nullable Supplier<? extends AgentException> end;

    /** A hub without streams yet. */
    public EventHub(Function<StreamScope, StreamOpener> openers, StreamSettings settings, Ticker ticker) {
        this.openers = openers;
        this.settings = settings;
        this.ticker = ticker;
        if (!settings.wholeServer()) whyNotWhole = "this client has a stream for each directory";
    }

    /**
     * Watches a session; opens a stream if there is none.
     *
     * @param directory the session's directory, whose stream is opened where there is none of the whole server; the
     *     client's own if it is empty
     */
    public Subscription subscribe(String directory, String sessionId, Subscriber subscriber) {
        StreamSubscription subscription = new StreamSubscription(subscriber, StreamScope.of(directory), sessionId);
        attach(subscription);
        return subscription;
    }

    /** Observes every event of a session in that directory. */
    public void observeSession(String directory, String sessionId, EventObserver observer) {
        observe(new StreamSubscription(observer, StreamScope.of(directory), sessionId), observer);
    }

    /** Observes every event of a directory. */
    public void observeDirectory(String directory, EventObserver observer) {
        observe(new StreamSubscription(observer, StreamScope.of(directory), directory), observer);
    }

    /** Observes every event of the server; where it has no such stream, the end comes at once and says so. */
    public void observeServer(EventObserver observer) {
        observe(new StreamSubscription(observer, StreamScope.SERVER, SubscriberTable.WHOLE_SERVER), observer);
    }

    private void observe(StreamSubscription subscription, EventObserver observer) {
        observer.subscribed(subscription);
        attach(subscription);
    }

    private void attach(StreamSubscription subscription) {
        Supplier<? extends AgentException> cause;
        while ((cause = end) == null) {
            String reason = whyNotWhole;
            if (reason != null && subscription.scope().isWholeServer()) {
                subscription.end(new UnsupportedFeatureException(reason, null, null));
                return;
            }
            SharedStream stream = stream(reason == null ? StreamScope.SERVER : subscription.scope());
            if (subscription.enter(stream.table())) {
                begin(stream);
                Supplier<? extends AgentException> meanwhile = end;
                if (meanwhile != null) close(stream, meanwhile); // It may have come too late to end with the others.
                stream.table().tellIfReady(subscription.listener());
                return;
            }
            streams.remove(stream.scope(), stream); // It is over, but may not have been taken out yet.
        }
        subscription.end(cause.get());
    }

    private SharedStream stream(StreamScope scope) {
        return streams.computeIfAbsent(
                scope,
                missing -> new SharedStream(
                        missing,
                        openers.apply(missing),
                        settings,
                        ticker,
                        new SubscriberTable(connections::incrementAndGet, ticker::nanoTime)));
    }

    private void begin(SharedStream stream) {
        if (!stream.begin()) return;
        try {
            readers.execute(() -> serve(stream));
        } catch (RejectedExecutionException e) {
            end(stream, EventHub::clientClosed);
        } catch (RuntimeException | Error e) { // There may be no more threads.
            end(stream, () -> unreadable(e));
        }
    }

    /** Reads a stream on the calling thread; whoever watches it afterwards is moved to another one, or told the end. */
    private void serve(SharedStream stream) {
        try {
            AgentException missing = stream.read();
            if (missing != null) fallBack(stream, missing);
            else end(stream, EventHub::clientClosed);
        } catch (RuntimeException | Error e) {
            end(stream, () -> unreadable(e));
        }
    }

    /** The server has no stream for all directories: each gets its own, until the client is closed. */
    private void fallBack(SharedStream stream, AgentException refusal) {
        whyNotWhole = "this server has no stream for all of its directories: " + refusal.reason();
        streams.remove(stream.scope(), stream);
        for (StreamSubscription subscription : stream.table().close()) attach(subscription);
    }

    private void end(SharedStream stream, Supplier<? extends AgentException> cause) {
        streams.remove(stream.scope(), stream);
        for (StreamSubscription subscription : stream.table().close()) subscription.end(cause.get());
    }

    private static AgentException unreadable(Throwable cause) {
        return new ConnectionException("the event stream can't be read: " + cause, null, cause);
    }

    /** One for each subscriber: an error keeps what its turn received. */
    private static AgentException clientClosed() {
        return ConnectionException.closed(null);
    }

    private void close(SharedStream stream, Supplier<? extends AgentException> cause) {
        stream.close();
        end(stream, cause);
    }

    /** How many streams there are, open or about to be. */
    public int streams() {
        return streams.size();
    }

    /**
     * Ends all streams for good, and tells each subscriber with an error of its own.
     *
     * @param cause makes the errors
     */
    public void fail(Supplier<? extends AgentException> cause) {
        if (end == null) end = cause;
        streams.values().forEach(stream -> close(stream, cause));
        readers.shutdown();
    }

    @Override
    public void close() {
        fail(EventHub::clientClosed);
    }
}
