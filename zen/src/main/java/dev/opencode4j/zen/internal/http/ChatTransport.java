package dev.opencode4j.zen.internal.http;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.core.work.TurnLimits;
import dev.opencode4j.zen.internal.net.Head;
import dev.opencode4j.zen.internal.net.RequestSender;
import dev.opencode4j.zen.internal.wire.ChunkReader;
import dev.opencode4j.zen.internal.wire.ChunkSink;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for completions, each request once. Thread-safe.
 *
 * <p>The caller's thread waits for the whole answer, and nothing but interrupting it is needed to give up at any moment.
 * The answer itself is read and told on the one thread that reads all answers.
 */
public final class ChatTransport implements AutoCloseable {

    private final Endpoint endpoint;
    private final Ticker ticker;
    private final Instrumentation instrumentation;
    private final RequestSender sender;

    /** A transport to one endpoint, to which {@code sender} leads; no request is made. */
    public ChatTransport(Endpoint endpoint, RequestSender sender, Ticker ticker, Instrumentation instrumentation) {
        this.endpoint = endpoint;
        this.sender = sender;
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
        Answering answering = new Answering(
                sink, head -> intake(head, sink), cause -> Breakage.of(cause, where(), connect), limits, ticker);
        Instrumentation.Observation observation =
                instrumentation.started("opencode.request", Map.of("method", "POST", "path", where().path()));
        @Nullable Throwable thrown = null;
        try {
            Outcome outcome = send(json, answering, connect);
            if (outcome instanceof Outcome.Refused refused) thrown = refused.error();
            return outcome;
        } catch (AgentException | InterruptedException e) {
            thrown = e;
            throw e;
        } finally {
            observation.ended(thrown);
        }
    }

    private Outcome send(byte[] json, Answering answering, Duration connect) throws InterruptedException {
        try {
            return answering.await(sender.post(endpoint.headers(), json, connect, answering));
        } catch (IOException e) {
            return Breakage.of(e, where(), connect);
        }
    }

    private Intake intake(Head head, ChunkSink sink) {
        Where answered = where().answered(head.status());
        if (head.status() / 100 != 2) return new Refusal(answered, head.header("Retry-After"), endpoint::redact);
        String encoding = head.header("Content-Encoding").toLowerCase(Locale.ROOT);
        if (!encoding.isEmpty() && !encoding.equals("identity")) {
            throw new ProtocolException("the answer is compressed (" + encoding + "), unasked", answered, "", null);
        }
        ChunkReader reader = new ChunkReader(sink, endpoint::redact);
        boolean isStream = head.header("Content-Type").toLowerCase(Locale.ROOT).startsWith("text/event-stream");
        return isStream
                ? new StreamedAnswer(reader, answered, endpoint::redact)
                : new WholeAnswer(reader, answered, endpoint::redact);
    }

    /** Cuts nothing that is under way, for that is the turns' to do; frees what can be freed. */
    @Override
    public void close() {
        sender.close();
    }

    /** The address. */
    @Override
    public String toString() {
        return "ChatTransport[" + Objects.toString(endpoint) + ']';
    }
}
