package dev.opencode4j.zen.internal.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.work.ManualTicker;
import dev.opencode4j.zen.RawServer;
import dev.opencode4j.zen.TestProxySelector;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection is used again only where the next answer on it can be no other request's. */
class ReusedConnectionsTest {

    private static final String STRAY = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstray";

    private final ManualTicker ticker = new ManualTicker();
    private volatile List<Proxy> proxies = List.of(Proxy.NO_PROXY);
    private @Nullable Connections connections;

    private void connectTo(URI address) {
        close();
        ProxySelector selector = new TestProxySelector(uri -> proxies);
        connections = new Connections(address, selector, new Security(null, Runnable::run), ticker);
    }

    @AfterEach
    void close() {
        if (connections != null) connections.close();
    }

    private RecordedExchange post(String body) throws IOException {
        return post(body, new RecordedExchange());
    }

    private RecordedExchange post(String body, RecordedExchange exchange) throws IOException {
        Objects.requireNonNull(connections).post(Map.of(), body.getBytes(UTF_8), Duration.ofSeconds(30), exchange);
        return exchange;
    }

    private static String echo(String body, String... headers) {
        return "HTTP/1.1 200 OK\r\n" + String.join("", List.of(headers)) + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static RawServer.Play echoing(String... headers) {
        return (in, out) -> {
            for (var body = RawServer.request(in); body.isPresent(); body = RawServer.request(in)) {
                RawServer.send(out, echo(body.get(), headers));
            }
        };
    }

    /** The loop is held while the stray bytes arrive: no selector has seen them when the next request is sent. */
    @ParameterizedTest
    @ValueSource(strings = {STRAY, "\r\n", "x"})
    void whatNobodyAskedForIsNoAnswer(String stray) throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch strayed = new CountDownLatch(1);
        AtomicInteger number = new AtomicInteger();
        RawServer.Play straying = (in, out) -> {
            if (number.incrementAndGet() > 1) {
                echoing().on(in, out);
                return;
            }
            RawServer.send(out, echo(RawServer.request(in).orElseThrow()));
            answered.await();
            RawServer.send(out, stray);
            strayed.countDown();
            RawServer.request(in);
        };
        try (RawServer server = RawServer.playing(straying)) {
            connectTo(server.url());
            CompletableFuture<RecordedExchange> second = new CompletableFuture<>();
            RecordedExchange first = post("one", new RecordedExchange(() -> {
                answered.countDown();
                try {
                    assertThat(strayed.await(30, TimeUnit.SECONDS)).isTrue();
                    second.complete(post("two"));
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            }));
            assertThat(first.body()).isEqualTo("one");
            assertThat(second.get(30, TimeUnit.SECONDS).body()).isEqualTo("two");
            assertThat(server.connections()).hasSize(2);
        }
    }

    /** The server gave the connection up while the request was on its way: nothing of it can have been answered. */
    @Test
    void aReusedConnectionThatEndsWithoutAByteIsReplacedAtOnce() throws Exception {
        AtomicInteger number = new AtomicInteger();
        RawServer.Play once = (in, out) -> {
            if (number.incrementAndGet() > 1) {
                echoing().on(in, out);
                return;
            }
            RawServer.send(out, echo(RawServer.request(in).orElseThrow()));
            RawServer.request(in);
        };
        try (RawServer server = RawServer.playing(once)) {
            connectTo(server.url());
            assertThat(post("one").body()).isEqualTo("one");
            assertThat(post("two").body()).isEqualTo("two");
            assertThat(server.connections()).hasSize(2);
        }
    }

    @Test
    void aNewConnectionThatEndsWithoutAByteHasFailed() throws Exception {
        AtomicInteger number = new AtomicInteger();
        RawServer.Play once = (in, out) -> {
            String body = RawServer.request(in).orElseThrow();
            if (number.incrementAndGet() > 1) return;
            RawServer.send(out, echo(body));
            RawServer.request(in);
        };
        try (RawServer server = RawServer.playing(once)) {
            connectTo(server.url());
            assertThat(post("one").body()).isEqualTo("one");
            RecordedExchange second = post("two");
            assertThatThrownBy(second::body).hasRootCauseInstanceOf(EOFException.class);
            assertThat(server.connections()).hasSize(2);
        }
    }

    @Test
    void anAnswerThatBeganIsNotAskedForAgain() throws Exception {
        RawServer.Play half = (in, out) -> {
            RawServer.send(out, echo(RawServer.request(in).orElseThrow()));
            RawServer.request(in);
            RawServer.send(out, "H");
        };
        try (RawServer server = RawServer.playing(half)) {
            connectTo(server.url());
            assertThat(post("one").body()).isEqualTo("one");
            RecordedExchange second = post("two");
            assertThatThrownBy(second::body).hasRootCauseInstanceOf(EOFException.class);
            assertThat(server.connections()).hasSize(1);
        }
    }

    private int connectionsAfter(Duration pause, String... headers) throws Exception {
        try (RawServer server = RawServer.playing(echoing(headers))) {
            connectTo(server.url());
            assertThat(post("one").body()).isEqualTo("one");
            ticker.advance(pause);
            assertThat(post("two").body()).isEqualTo("two");
            return server.connections().size();
        }
    }

    @Test
    void anIdleConnectionIsKeptAsLongAsTheServerSays() throws Exception {
        assertThat(connectionsAfter(Duration.ofSeconds(18), "Keep-Alive: timeout=20\r\n"))
                .isEqualTo(1);
        assertThat(connectionsAfter(Duration.ofSeconds(20), "Keep-Alive: max=7, Timeout = \"20\"\r\n"))
                .isEqualTo(2);
        assertThat(connectionsAfter(Duration.ofMillis(900), "Keep-Alive: timeout=2\r\n"))
                .isEqualTo(1);
        assertThat(connectionsAfter(Duration.ofSeconds(2), "Keep-Alive: timeout=2\r\n"))
                .isEqualTo(2);
        assertThat(connectionsAfter(Duration.ZERO, "Keep-Alive: timeout=1\r\n")).isEqualTo(2);
        assertThat(connectionsAfter(Duration.ofSeconds(59), "Keep-Alive: timeout=9999999999999999999\r\n"))
                .isEqualTo(1);
        assertThat(connectionsAfter(Duration.ofSeconds(61), "Keep-Alive: timeout=3600\r\n"))
                .isEqualTo(2);
    }

    @Test
    void anIdleConnectionIsKeptLessThanFiveSecondsWhereTheServerSaysNothing() throws Exception {
        assertThat(connectionsAfter(Duration.ofMillis(3900))).isEqualTo(1);
        assertThat(connectionsAfter(Duration.ofMillis(4900))).isEqualTo(2);
        assertThat(connectionsAfter(Duration.ofMillis(4900), "Keep-Alive: soon\r\n"))
                .isEqualTo(2);
    }

    /** Else the request, and the key in it, would go to whoever was the proxy before. */
    @Test
    void anIdleConnectionBelongsToItsProxy() throws Exception {
        try (RawServer one = RawServer.playing(echoing());
                RawServer other = RawServer.playing(echoing())) {
            connectTo(URI.create("http://far.test/v1"));
            for (RawServer proxy : List.of(one, other, one, other)) {
                proxies = List.of(
                        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", proxy.port())));
                assertThat(post("Hi").body()).isEqualTo("Hi");
            }
            assertThat(one.connections()).hasSize(1);
            assertThat(other.connections()).hasSize(1);
        }
    }

    @Test
    void aConnectionThatNobodyWouldGiveUpInTimeIsNotKept() throws Exception {
        try (RawServer server = RawServer.playing((in, out) -> {
            ticker.close();
            echoing().on(in, out);
        })) {
            connectTo(server.url());
            assertThat(post("Hi").body()).isEqualTo("Hi");
            await().until(() -> server.connections().get(0).isClosed());
            assertThatThrownBy(() -> post("Hi").body()).cause().isInstanceOf(SenderClosedException.class);
        }
    }
}
