package dev.opencode4j.server.internal.http;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.RequestTimeout;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.spi.Threads;
import dev.opencode4j.core.telemetry.Instrumentation;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one server and says in our errors what went wrong. Thread-safe.
 *
 * <p>Nothing is sent twice, with one exception that the JDK makes: a GET whose connection ends before the first byte of
 * an answer is sent once more. That is how a pooled connection shows that the server has closed it meanwhile, and it is
 * within the request's limit. Redirects are not followed.
 *
 * <p>A limit covers a request from its start to the last byte of the answer; {@code HttpRequest.timeout} would end with
 * the headers.
 */
public final class Transport implements AutoCloseable {

    /** How long a broken connection waits for the end of the server's process, which says more and follows at once. */
    private static final long EXPLANATION_MILLIS = 500;

    private final Address address;
    private final @Nullable Credentials credentials;
    private final Limits limits;
    private final Instrumentation instrumentation;
    private final RefusalReader refusals;
    private final ExecutorService executor = Threads.perTask("opencode4j-http");
    private final ScheduledExecutorService timer = Threads.timer("opencode4j-http-timer");
    private final HttpClient client;
    private final Set<Exchange<?>> exchanges = ConcurrentHashMap.newKeySet();
    private final Set<EventBody> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean endsWithProcess;
    private volatile @Nullable Function<Where, ConnectionException> refusal;

    /** A transport to one server. No request is made. */
    public Transport(
            Address address,
            @Nullable Credentials credentials,
            Limits limits,
            Instrumentation instrumentation,
            RefusalReader refusals) {
        this.address = address;
        this.credentials = credentials;
        this.limits = limits;
        this.instrumentation = instrumentation.isolated();
        this.refusals = refusals;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .executor(executor)
                .build();
    }

    /** Sends a request and waits for the whole answer. See {@link #sendAsync(Request, Function)}. */
    public Answer send(Request request) {
        return send(request, answer -> answer);
    }

    /**
     * Sends a request and waits for the whole answer.
     *
     * @throws InterruptedTurnException if the thread is interrupted; its flag stays set and the request is cancelled
     */
    public <T> T send(Request request, Function<Answer, T> reader) {
        Where where = request.where();
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedTurnException("interrupted before the request was sent", where, null);
        }
        CompletableFuture<T> answer = sendAsync(request, reader);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedTurnException("interrupted while waiting for the answer", where, e);
        } catch (ExecutionException e) {
            throw Failures.of(e, where, limits.connect());
        }
    }

    /** Sends a request. See {@link #sendAsync(Request, Function)}. */
    public CompletableFuture<Answer> sendAsync(Request request) {
        return sendAsync(request, answer -> answer);
    }

    /**
     * Sends a request. The future fails with {@link AgentException}s only; cancelling it cancels the request.
     *
     * @param reader makes the result of an answer that is a success; what it throws is the failure
     */
    public <T> CompletableFuture<T> sendAsync(Request request, Function<Answer, T> reader) {
        Duration limit = request.limit() == null ? limits.request() : request.limit();
        Exchange<T> exchange = begin(request, limit);
        HttpRequest http = http(request).build();
        send(exchange, request, () -> {
            int most = limits.answer(); // The handler holds nothing of ours: a kept connection keeps it (JDK 17).
            HttpResponse<BoundedBody.Bytes> response =
                    client.send(http, head -> new BoundedBody(bound(head.statusCode(), most)));
            Answer answer = answer(request, response, response.body().content());
            if (response.body().isWhole() || !answer.isSuccess()) finish(exchange, answer, reader);
            else exchange.fail(tooLarge(answer));
        });
        return exchange.outcome;
    }

    private static int bound(int status, int most) {
        return Answer.isSuccess(status) ? most : Math.min(most, BoundedBody.REFUSAL);
    }

    private ProtocolException tooLarge(Answer answer) {
        return ProtocolException.tooLarge(
                "the answer has more than " + limits.answer() + " bytes",
                answer.where(),
                answer.quote(),
                "Ask for less at once, a page for instance, or raise the client's answer limit.");
    }

    /**
     * Runs a request on a thread of ours. The client's own asynchronous way completes on the common pool (seen on JDK 17
     * to 25): a program that blocks that pool, which has one thread on a small machine, would block every request.
     */
    private void send(Exchange<?> exchange, Request request, Sending sending) {
        if (exchange.outcome.isDone()) return; // It was refused.
        exchange.sends(executor.submit(() -> {
            try {
                sending.run();
            } catch (InterruptedException | IOException | RuntimeException | Error e) {
                broke(exchange, Failures.of(e, request.where(), limits.connect()));
            }
        }));
    }

    private void broke(Exchange<?> exchange, AgentException error) {
        if (!endsWithProcess || refusal != null || !(error instanceof ConnectionException)) {
            exchange.fail(error);
            return;
        }
        try {
            timer.schedule(
                    () -> executor.execute(() -> exchange.fail(error)), EXPLANATION_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            exchange.fail(error);
        }
    }

    /** A request from its first byte to what is made of its answer. */
    @FunctionalInterface
    private interface Sending {
        void run() throws IOException, InterruptedException;
    }

    /**
     * Opens an event stream; the future completes when its headers have come. There is no limit on the body: watch it,
     * and close it to be done. Cancelling the future gives up.
     *
     * @param limit on the time to the headers; after it the future fails with {@link RequestTimeout}
     */
    public CompletableFuture<InputStream> openStream(Request request, Duration limit) {
        Exchange<InputStream> exchange = begin(request, limit);
        HttpRequest http = http(request)
                .setHeader("Accept", "text/event-stream")
                .setHeader("Cache-Control", "no-cache")
                .build();
        send(exchange, request, () -> accept(exchange, request, client.send(http, BodyHandlers.ofInputStream())));
        return exchange.outcome;
    }

    private <T> Exchange<T> begin(Request request, Duration limit) {
        Exchange<T> exchange = new Exchange<>(request.where());
        Future<?> alarm = setAlarm(exchange, limit);
        Instrumentation.Observation observation = instrumentation.started(
                "opencode.request",
                Map.of("method", request.method(), "path", request.where().path()));
        exchanges.add(exchange);
        exchange.outcome.whenComplete((value, error) -> {
            alarm.cancel(false);
            exchanges.remove(exchange);
            observation.ended(error);
        });
        refuseIfEnded(exchange);
        return exchange;
    }

    private Future<?> setAlarm(Exchange<?> exchange, Duration limit) {
        try {
            return timer.schedule(
                    () -> executor.execute(() -> exchange.fail(new RequestTimeout(limit, exchange.where()))),
                    limit.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null); // Closed: the request is refused.
        }
    }

    private HttpRequest.Builder http(Request request) {
        byte[] body = request.body();
        HttpRequest.Builder builder = HttpRequest.newBuilder(address.resolve(request))
                .method(
                        request.method(),
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .setHeader("Accept", "application/json");
        if (body != null) builder.setHeader("Content-Type", "application/json");
        if (credentials != null) builder.setHeader("Authorization", credentials.header());
        return builder;
    }

    private static Answer answer(Request request, HttpResponse<?> response, byte[] body) {
        return new Answer(request.where().answered(response.statusCode()), response.headers(), body);
    }

    private <T> void finish(Exchange<T> exchange, Answer answer, Function<Answer, T> reader) {
        try {
            exchange.outcome.complete(reader.apply(check(answer)));
        } catch (Throwable e) {
            exchange.fail(e);
        }
    }

    private Answer check(Answer answer) {
        if (answer.isSuccess() && !answer.isHtml()) return answer;
        Answer quotable = credentials == null ? answer : answer.withBody(credentials.redact(answer.body()));
        if (answer.isSuccess()) throw unknownRoute(quotable);
        throw refusals.read(quotable);
    }

    private static ProtocolException unknownRoute(Answer answer) {
        return new ProtocolException(
                "unknown route: the answer is a web page, so this version of the server does not have it",
                answer.where(),
                answer.quote(),
                null);
    }

    /** Hands an event stream on, or reads from what came instead the reason why there is none. */
    private void accept(Exchange<InputStream> exchange, Request request, HttpResponse<InputStream> response) {
        EventBody body = new EventBody(response.body(), streams);
        streams.add(body);
        String type = response.headers().firstValue("content-type").orElse("");
        boolean isStream = response.statusCode() == 200 && type.startsWith("text/event-stream");
        if (isStream && refusal == null && exchange.outcome.complete(body)) {
            return;
        }
        exchange.outcome.whenComplete((stream, error) -> body.closeQuietly());
        if (isStream) {
            refuseIfEnded(exchange);
            return;
        }
        finish(exchange, answer(request, response, body.beginning()), answer -> {
            throw new ProtocolException("the answer is no event stream", answer.where(), answer.quote(), null);
        });
    }

    /** Fails the requests under way, ends the open streams, and fails later requests at once, each with its own error. */
    public void refuse(Function<Where, ConnectionException> cause) {
        refusal = cause;
        exchanges.forEach(this::refuseIfEnded);
        streams.forEach(EventBody::closeQuietly);
    }

    private void refuseIfEnded(Exchange<?> exchange) {
        Function<Where, ConnectionException> ended = refusal;
        if (ended != null) exchange.fail(ended.apply(exchange.where()));
    }

    /** The server's process is watched, and {@link #refuse} will tell its end. */
    public void expectEnd() {
        endsWithProcess = true;
    }

    /** Fails the requests under way, ends the open streams, and sends nothing any more. */
    @Override
    public void close() {
        refuse(ConnectionException::closed);
        timer.shutdownNow();
        ClosableClient.close(client);
    }

    /** Where it sends to, without query and credentials. */
    @Override
    public String toString() {
        return "Transport[" + address + ']';
    }
}
