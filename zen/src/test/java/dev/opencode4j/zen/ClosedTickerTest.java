package dev.opencode4j.zen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.core.work.Engine;
import dev.opencode4j.core.work.ManualTicker;
import dev.opencode4j.zen.internal.client.HttpClientSender;
import dev.opencode4j.zen.internal.http.ChatTransport;
import dev.opencode4j.zen.internal.http.Endpoint;
import dev.opencode4j.zen.internal.net.Call;
import dev.opencode4j.zen.internal.net.Connections;
import dev.opencode4j.zen.internal.net.Exchange;
import dev.opencode4j.zen.internal.net.Head;
import dev.opencode4j.zen.internal.net.RequestSender;
import dev.opencode4j.zen.internal.net.Security;
import dev.opencode4j.zen.internal.turn.Conversation;
import dev.opencode4j.zen.internal.turn.Pause;
import dev.opencode4j.zen.internal.turn.Workshop;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An agent is closed while a turn runs: whatever the turn would wait for by its ticker ends at once. */
class ClosedTickerTest {

    private final ManualTicker ticker = new ManualTicker();
    private final Engine engine = Engine.named("closed-ticker-test");

    @AfterEach
    void close() {
        engine.close();
    }

    private Played play(URI url, RequestSender sender) {
        try (ChatTransport transport =
                new ChatTransport(new Endpoint(url, null), sender, ticker, Instrumentation.none())) {
            Workshop workshop = new Workshop(
                    transport, engine, Pause.by(ticker), Zen.builder().settings());
            Conversation conversation = new Conversation(workshop, SessionOptions.DEFAULT);
            return Played.of(conversation.start(Prompt.of("Hi")));
        }
    }

    private Connections connections(Peer peer) {
        return new Connections(peer.baseUrl(), ProxySelector.of(null), new Security(null, Runnable::run), ticker);
    }

    private static void failsAsClosed(Played played) {
        ConnectionException error = played.failed(ConnectionException.class);
        assertThat(error).hasMessageContaining("the client was closed");
        assertThat(error.isRetryable()).isFalse();
    }

    @Test
    void aRequestWhoseConnectingNobodyLimitsIsNotSent() {
        ticker.close();
        try (Peer peer = Peer.playing(Peer.saying("there"))) {
            Played played = play(peer.baseUrl(), connections(peer));
            failsAsClosed(played);
            assertThat(played.all(Retrying.class)).isEmpty();
            assertThat(peer.received()).isEmpty();
        }
    }

    @Test
    void norByAnotherClient() {
        ticker.close();
        try (Peer peer = Peer.playing(Peer.saying("there"))) {
            var sender = new HttpClientSender(peer.baseUrl(), HttpClient.newHttpClient(), ticker);
            Played played = play(peer.baseUrl(), sender);
            failsAsClosed(played);
            assertThat(played.all(Retrying.class)).isEmpty();
            assertThat(peer.received()).isEmpty();
        }
    }

    @Test
    void aBackOffThatNobodyEndsIsNone() {
        Peer.Scene refusing = stage -> {
            ticker.close();
            Peer.refusing(503, "").play(stage);
        };
        try (Peer peer = Peer.playing(refusing)) {
            failsAsClosed(play(peer.baseUrl(), connections(peer)));
            assertThat(peer.received()).hasSize(1);
        }
    }

    @Test
    void anAnswerThatHasFinishedIsHungUpOnAtOnce() {
        Peer.Scene lingering = stage -> {
            ticker.close();
            stage.stream();
            stage.say("there");
            stage.finish("stop");
            stage.hold();
        };
        try (Peer peer = Peer.playing(lingering)) {
            assertThat(play(peer.baseUrl(), connections(peer)).completed().text())
                    .isEqualTo("there");
            await().until(() -> peer.ended() == 1);
        }
    }

    /** The answer is there before its sender knows what to cancel. */
    @Test
    void soIsOneThatIsFasterThanItsSender() {
        ticker.close();
        AtomicInteger cancelled = new AtomicInteger();
        RequestSender sender = new RequestSender() {
            @Override
            public Call post(Map<String, String> headers, byte[] body, Duration connect, Exchange exchange) {
                byte[] chunk =
                        "data: {\"choices\":[{\"delta\":{\"content\":\"there\"},\"finish_reason\":\"stop\"}]}\n\n"
                                .getBytes(UTF_8);
                exchange.head(new Head(200, Map.of("content-type", "text/event-stream")));
                exchange.body(chunk, 0, chunk.length);
                return cancelled::incrementAndGet;
            }

            @Override
            public void close() {}
        };
        assertThat(play(URI.create("http://far.test/v1"), sender).completed().text())
                .isEqualTo("there");
        assertThat(cancelled).hasValue(1);
    }
}
