package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.RequestTimeout;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.spi.Threads;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.server.internal.http.Request;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.stream.EventHub;
import dev.opencode4j.server.internal.stream.FirstSign;
import dev.opencode4j.server.internal.stream.StreamOpener;
import dev.opencode4j.server.internal.stream.StreamSettings;
import dev.opencode4j.server.internal.stream.Subscription;
import dev.opencode4j.server.internal.v1.ServerRoutes;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What all turns of a client share: the event streams, the timer, and the threads for their consumers. */
public final class ServerLink implements AutoCloseable {

    private static final int REQUESTS_AT_ONCE = 32;

    /** Each holds a thread before Java 21: a thousand turns that are interrupted together must not take a thousand. */
    private static final int ORDERS_AT_ONCE = 64;

    private final Transport transport;
    private final ExecutorService executor = Threads.forConsumers("opencode4j-consumer");
    private final ScheduledExecutorService timer = Threads.timer("opencode4j-timer");
    private final Ticker ticker = Ticker.system(timer);
    private final Gate gate = new Gate(REQUESTS_AT_ONCE);
    private final Gate orders = new Gate(ORDERS_AT_ONCE);
    private final EventHub hub;
    private final Map<String, DirectoryLink> directories = new ConcurrentHashMap<>();

    /** A link without a stream yet. */
    public ServerLink(Transport transport, StreamSettings settings) {
        this.transport = transport;
        this.hub = new EventHub(
                directory -> new Events(ServerRoutes.in(directory, ServerRoutes.events()), settings.connect()),
                settings,
                executor,
                timer);
    }

    /** Opens the event stream. */
    private final class Events implements StreamOpener {

        private final Request request;
        private final Duration limit;

        Events(Request request, Duration limit) {
            this.request = request;
            this.limit = limit;
        }

        @Override
        public CompletableFuture<InputStream> open() {
            return transport.openStream(request, limit);
        }

        @Override
        public Where where() {
            return request.where();
        }
    }

    /** A directory of the server; the client's own if the name is empty. */
    DirectoryLink in(String directory) {
        return directories.computeIfAbsent(directory, name -> new DirectoryLink(this, name));
    }

    Transport transport() {
        return transport;
    }

    /** Lets requests pass that have time. */
    Gate gate() {
        return gate;
    }

    /** Lets requests pass that stop or answer something: past those that have time. */
    Gate orders() {
        return orders;
    }

    EventHub hub() {
        return hub;
    }

    /** Waits until the event stream of the client's own directory is ready. */
    public void awaitEvents(Duration limit) {
        FirstSign sign = new FirstSign();
        Subscription subscription = hub.subscribe("", "", sign);
        try {
            sign.ready().get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new RequestTimeout(limit, ServerRoutes.events().where());
        } catch (ExecutionException e) {
            throw Failures.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedTurnException(
                    "interrupted", ServerRoutes.events().where(), e);
        } finally {
            subscription.close();
        }
    }

    /** The time, and tasks to come. */
    public Ticker ticker() {
        return ticker;
    }

    /** Threads for the consumers' code. */
    public ExecutorService executor() {
        return executor;
    }

    @Override
    public void close() {
        hub.close();
        timer.shutdownNow();
        executor.shutdown();
    }
}
