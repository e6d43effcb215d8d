package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.RequestTimeout;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.spi.Threads;
import dev.opencode4j.server.internal.http.Answer;
import dev.opencode4j.server.internal.http.Request;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.stream.EventHub;
import dev.opencode4j.server.internal.stream.FirstSign;
import dev.opencode4j.server.internal.stream.StreamOpener;
import dev.opencode4j.server.internal.stream.StreamSettings;
import dev.opencode4j.server.internal.stream.Subscription;
import dev.opencode4j.server.internal.v1.InteractionReader;
import dev.opencode4j.server.internal.v1.RequestRoutes;
import dev.opencode4j.server.internal.v1.ServerRoutes;
import dev.opencode4j.server.internal.v1.SessionRoutes;
import dev.opencode4j.server.internal.v1.StatusReader;
import dev.opencode4j.server.model.SessionStatus;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * What all turns of a client share: the event streams, the timer, the threads for their consumers, and the questions
 * that one answer serves for all.
 */
public final class ServerLink implements AutoCloseable {

    private static final int REQUESTS_AT_ONCE = 32;

    private final Transport transport;
    private final ExecutorService executor = Threads.perTask("opencode4j-turn");
    private final ScheduledExecutorService timer = Threads.timer("opencode4j-timer");
    private final Ticker ticker = Ticker.system(timer);
    private final Gate gate = new Gate(REQUESTS_AT_ONCE);
    private final EventHub hub;
    private final SharedPoll<Map<String, SessionStatus>> statuses =
            new SharedPoll<>(() -> read(SessionRoutes.statuses(), StatusReader::map));
    private final SharedPoll<List<PermissionRequest>> permissions = new SharedPoll<>(() ->
            read(RequestRoutes.permissions(), InteractionReader::permissions).exceptionally(ServerLink::noneIfUnknown));
    private final SharedPoll<List<QuestionRequest>> questions = new SharedPoll<>(() ->
            read(RequestRoutes.questions(), InteractionReader::questions).exceptionally(ServerLink::noneIfUnknown));

    /** A link without a stream yet. */
    public ServerLink(Transport transport, StreamSettings settings) {
        this.transport = transport;
        this.hub = new EventHub(directory -> new Events(settings.connect()), settings, executor, timer);
    }

    /** Opens the event stream. */
    private final class Events implements StreamOpener {

        private final Request request = ServerRoutes.events();
        private final Duration limit;

        Events(Duration limit) {
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

    /** Sends a request and reads its answer. */
    <T> CompletableFuture<T> read(Request request, Function<byte[], T> reader) {
        return transport.sendAsync(request, answer -> answer.read(reader));
    }

    /** Sends a request when there is room. */
    <T> CompletableFuture<T> whenFree(Request request, Function<Answer, T> reader) {
        return gate.pass(() -> transport.sendAsync(request, reader));
    }

    /** Sends a request whose answer says nothing, past the line: it stops or answers something that waits. */
    CompletableFuture<Void> order(Request request) {
        return transport.sendAsync(request).thenApply(answer -> null);
    }

    CompletableFuture<Map<String, SessionStatus>> statuses() {
        return statuses.ask();
    }

    CompletableFuture<List<PermissionRequest>> permissions() {
        return permissions.ask();
    }

    CompletableFuture<List<QuestionRequest>> questions() {
        return questions.ask();
    }

    /** A server without the route asks nothing. */
    private static <T> List<T> noneIfUnknown(Throwable failure) {
        AgentException error = Failures.of(failure);
        if (error instanceof ProtocolException) return List.of();
        throw error;
    }

    EventHub hub() {
        return hub;
    }

    /** Waits until the event stream is ready. */
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
