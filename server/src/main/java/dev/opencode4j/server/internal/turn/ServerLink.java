package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.RequestTimeout;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.spi.Threads;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.server.internal.http.Request;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.stream.EventHub;
import dev.opencode4j.server.internal.stream.StreamOpener;
import dev.opencode4j.server.internal.stream.StreamReadiness;
import dev.opencode4j.server.internal.stream.StreamSettings;
import dev.opencode4j.server.internal.stream.Subscription;
import dev.opencode4j.server.internal.v1.ServerRoutes;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    private final SessionLanes lanes = new SessionLanes();
    private final Gate orders = new Gate(ORDERS_AT_ONCE);
    private final EventHub hub;
    private final WeakValues<String, DirectoryLink> directories =
            new WeakValues<>(name -> new DirectoryLink(this, name));
    private final LiveTurns turns = new LiveTurns();

    /** A link without a stream yet. */
    public ServerLink(Transport transport, StreamSettings settings) {
        this.transport = transport;
        this.hub = new EventHub(
                scope -> new Events(
                        scope.isWholeServer()
                                ? ServerRoutes.allEvents()
                                : ServerRoutes.in(scope.directory(), ServerRoutes.events()),
                        settings.connect()),
                settings,
                ticker);
    }

    /** Opens an event stream. */
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
        return directories.get(directory);
    }

    Transport transport() {
        return transport;
    }

    /** Lets requests pass that have time. */
    Gate gate() {
        return gate;
    }

    /** Orders what the turns of a session send. */
    SessionLanes lanes() {
        return lanes;
    }

    /** Lets requests pass that stop or answer something: past those that have time. */
    Gate orders() {
        return orders;
    }

    /** The shared event streams. */
    public EventHub hub() {
        return hub;
    }

    /** The turns that have not ended. */
    public LiveTurns turns() {
        return turns;
    }

    /** Waits until the event stream is ready. */
    public void awaitEvents(Duration limit) {
        StreamReadiness sign = new StreamReadiness();
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

    /** Fails all turns, each with an error of its own, and refuses new ones: the server is gone for good. */
    public void fail(Supplier<? extends AgentException> cause) {
        turns.close(cause);
        hub.fail(cause);
    }

    /** That the server's own process has ended, as the failure of a request or a turn. */
    public static ConnectionException ended(String words, @Nullable Where where) {
        return ConnectionException.fatal(words, where, "Launch another server; sessions are kept in its home.");
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
        fail(() -> ConnectionException.closed(null));
        timer.shutdownNow();
        executor.shutdown();
    }
}
