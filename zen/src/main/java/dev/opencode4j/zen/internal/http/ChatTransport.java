package dev.opencode4j.zen.internal.http;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.core.work.TurnLimits;
import dev.opencode4j.zen.internal.wire.ChunkReader;
import dev.opencode4j.zen.internal.wire.ChunkSink;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for completions, each request once. Thread-safe.
 *
 * <p>The caller's thread waits for the whole answer, and nothing but interrupting it is needed to give up at any moment.
 * The answer itself is read and told on the HTTP client's threads.
 */
public final class ChatTransport implements AutoCloseable {

    private final Endpoint endpoint;
    private final Ticker ticker;
    private final Instrumentation instrumentation;
    private final Connections connections = new Connections();

    /** A transport to one endpoint; no request is made. */
    public ChatTransport(Endpoint endpoint, Ticker ticker, Instrumentation instrumentation) {
        this.endpoint = endpoint;
        this.ticker = ticker;
        this.instrumentation = instrumentation.isolated();
    }

    /** The request in words. */
    public Where where() {
        return endpoint.where();
    }

    /**
     * Sends a request and waits for the end of its answer.
     *
     * @param json the request's body
     * @param sink is told the answer while it comes
     * @param limits is told how far it is
     * @param connect until the connection stands
     * @throws AgentException if the answer has begun and failed
     * @throws InterruptedException if the thread is interrupted; the connection is cut
     */
    public Outcome post(byte[] json, ChunkSink sink, TurnLimits limits, Duration connect) throws InterruptedException {
        limits.quiet();
        HttpRequest request = endpoint.request()
                .POST(new ToldBody(HttpRequest.BodyPublishers.ofByteArray(json), limits::accepted))
                .build();
        Where where = where();
        Answering answering = new Answering(sink, limits);
        Instrumentation.Observation observation =
                instrumentation.started("opencode.request", Map.of("method", "POST", "path", where.path()));
        @Nullable Throwable thrown = null;
        try {
            Outcome outcome = send(request, answering, connect);
            if (outcome instanceof Outcome.Refused refused) thrown = refused.error();
            return outcome;
        } catch (AgentException | InterruptedException e) {
            thrown = e;
            throw e;
        } finally {
            observation.ended(thrown);
        }
    }

    private Outcome send(HttpRequest request, Answering answering, Duration connect) throws InterruptedException {
        try {
            return connections.within(connect).send(request, answering).body();
        } catch (IOException e) {
            AgentException failure = answering.failure();
            if (failure != null) throw failure;
            ConnectionException broken = Breakage.of(e, where(), connect);
            return new Outcome.Refused(broken, true, null);
        } catch (InterruptedException e) {
            answering.close();
            throw e;
        }
    }

    /** Chooses by the headers what the body is. */
    private final class Answering implements HttpResponse.BodyHandler<Outcome> {

        private final ChunkSink sink;
        private final TurnLimits limits;
        private volatile @Nullable AnswerBody body;

        Answering(ChunkSink sink, TurnLimits limits) {
            this.sink = sink;
            this.limits = limits;
        }

        @Override
        public HttpResponse.BodySubscriber<Outcome> apply(HttpResponse.ResponseInfo head) {
            limits.heard();
            AnswerBody chosen = new AnswerBody(intake(head), limits, ticker);
            body = chosen;
            return chosen;
        }

        private Intake intake(HttpResponse.ResponseInfo head) {
            Where answered = where().answered(head.statusCode());
            if (head.statusCode() / 100 != 2) {
                return new Refusal(answered, header(head, "retry-after"), endpoint::redact);
            }
            ChunkReader reader = new ChunkReader(sink, endpoint::redact);
            boolean isStream =
                    header(head, "content-type").toLowerCase(Locale.ROOT).startsWith("text/event-stream");
            return isStream
                    ? new StreamedAnswer(reader, answered, endpoint::redact)
                    : new WholeAnswer(reader, answered, endpoint::redact);
        }

        private static String header(HttpResponse.ResponseInfo head, String name) {
            return head.headers().firstValue(name).orElse("");
        }

        @Nullable
        AgentException failure() {
            AnswerBody chosen = body;
            return chosen == null ? null : chosen.failure();
        }

        void close() {
            AnswerBody chosen = body;
            if (chosen != null) chosen.close();
        }
    }

    /** Cuts nothing that is under way, for that is the turns' to do; frees what can be freed. */
    @Override
    public void close() {
        connections.close();
    }

    /** The address. */
    @Override
    public String toString() {
        return "ChatTransport[" + Objects.toString(endpoint) + ']';
    }
}
