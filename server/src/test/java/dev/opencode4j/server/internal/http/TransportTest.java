package dev.opencode4j.server.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.RequestTimeout;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.server.OneAnswerServer;
import dev.opencode4j.server.internal.v1.Refusals;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TransportTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static Transport to(String url) {
        return to(url, Limits.DEFAULT_ANSWER);
    }

    private static Transport to(String url, int answerLimit) {
        return new Transport(
                Address.of(url, Map.of("directory", "/a b")),
                null,
                new Limits(LONG, LONG, answerLimit),
                Instrumentation.none(),
                new Refusals());
    }

    @Test
    void slowHeadersEndInATimeoutThatNamesItsLimitAndFreeTheServer() throws Exception {
        try (OneAnswerServer server = new OneAnswerServer((request, connection) -> connection.untilClosed("headers"));
                Transport transport = to(server.url())) {
            RequestTimeout timeout = catchThrowableOfType(
                    RequestTimeout.class, () -> transport.send(Request.get("/x").within(SHORT)));
            assertThat(timeout).hasMessageContaining("within 1s").hasMessageContaining("GET /x");
            assertThat(timeout.limit()).isEqualTo(SHORT);
            assertThat(server.awaitEnd()).isEqualTo("headers");
        }
    }

    @Test
    void slowBodiesEndInTheSameTimeout() throws Exception {
        try (OneAnswerServer server = new OneAnswerServer((request, connection) -> {
                    connection.write("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{");
                    connection.untilClosed("body");
                });
                Transport transport = to(server.url())) {
            assertThatThrownBy(() -> transport.send(Request.post("/x").within(SHORT)))
                    .isInstanceOf(RequestTimeout.class)
                    .hasMessageContaining("within 1s");
            assertThat(server.awaitEnd()).isEqualTo("body");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anInterruptedSendCancelsAndKeepsTheFlag() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (OneAnswerServer server = new OneAnswerServer((request, connection) -> {
                    arrived.countDown();
                    connection.untilClosed("cancelled");
                });
                Transport transport = to(server.url())) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    transport.send(Request.get("/x"));
                } catch (AgentException e) {
                    thrown.set(e);
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            caller.join(10_000);
            assertThat(thrown.get()).isInstanceOf(InterruptedTurnException.class);
            assertThat(flag.get()).isTrue();
            assertThat(server.awaitEnd()).isEqualTo("cancelled");
        }
    }

    @Test
    void aThreadThatIsInterruptedAlreadySendsNothing() throws Exception {
        try (OneAnswerServer server = OneAnswerServer.json("{}");
                Transport transport = to(server.url())) {
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> transport.send(Request.get("/x")))
                        .isInstanceOf(InterruptedTurnException.class);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void cancellingTheFutureCancelsTheRequest() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (OneAnswerServer server = new OneAnswerServer((request, connection) -> {
                    arrived.countDown();
                    connection.untilClosed("cancelled");
                });
                Transport transport = to(server.url())) {
            CompletableFuture<Answer> answer = transport.sendAsync(Request.get("/x"));
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            answer.cancel(true);
            assertThat(server.awaitEnd()).isEqualTo("cancelled");
        }
    }

    @Test
    void closingFailsWhatIsUnderWayAndRefusesWhatComesLater() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (OneAnswerServer server = new OneAnswerServer((request, connection) -> {
            arrived.countDown();
            connection.untilClosed("closed");
        })) {
            Transport transport = to(server.url());
            CompletableFuture<Answer> answer = transport.sendAsync(Request.get("/x"));
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            transport.close();
            transport.close();
            assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(ConnectionException.class)
                    .hasMessageContaining("closed");
            assertThat(server.awaitEnd()).isEqualTo("closed");
            assertThatThrownBy(() -> transport.send(Request.get("/x")))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("GET /x: the client was closed");
        }
    }

    @Test
    void nothingListening() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (Transport transport = to("http://127.0.0.1:" + port)) {
            assertThatThrownBy(() -> transport.send(Request.get("/x")))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageStartingWith("GET /x: nothing answers there")
                    .hasMessageNotContaining("directory");
        }
    }

    @Test
    void anUnknownHost() {
        try (Transport transport = to("http://no-such-host.invalid")) {
            assertThatThrownBy(() -> transport.send(Request.get("/x")))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("the host is unknown");
        }
    }

    @Test
    void tlsToAServerWithout() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Transport transport = to("https://127.0.0.1:" + plain.getLocalPort())) {
            CompletableFuture<Answer> answer = transport.sendAsync(Request.get("/x"));
            try (Socket socket = plain.accept()) {
                assertThat(socket.getInputStream().read(new byte[16_384])).isPositive();
                socket.getOutputStream().write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(ConnectionException.class)
                        .hasMessageContaining("TLS failed");
            }
        }
    }

    @Test
    void aResetAndAnEarlyEndAreConnectionFailures() throws Exception {
        OneAnswerServer.Behaviour reset =
                (request, connection) -> connection.socket().setSoLinger(true, 0);
        OneAnswerServer.Behaviour half =
                (request, connection) -> connection.write("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{");
        for (OneAnswerServer.Behaviour broken : new OneAnswerServer.Behaviour[] {reset, half}) {
            try (OneAnswerServer server = new OneAnswerServer(broken);
                    Transport transport = to(server.url())) {
                assertThatThrownBy(() -> transport.send(Request.post("/x"))).isInstanceOf(ConnectionException.class);
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void onlyAReadIsRepeatedOnceWhenTheConnectionEndsWithoutAByte() throws Exception {
        OneAnswerServer.Behaviour silence = (request, connection) -> {};
        for (String method : new String[] {"POST", "PATCH", "DELETE", "GET"}) {
            try (OneAnswerServer server = new OneAnswerServer(silence);
                    Transport transport = to(server.url())) {
                assertThatThrownBy(() -> transport.send(Request.of(method, "/x")))
                        .isInstanceOf(ConnectionException.class);
                assertThat(server.requests()).as(method).hasSize(method.equals("GET") ? 2 : 1);
            }
        }
    }

    @Test
    void aTimeoutIsNoReasonToRepeat() throws Exception {
        try (OneAnswerServer server = new OneAnswerServer((request, connection) -> connection.untilClosed("end"));
                Transport transport = to(server.url())) {
            assertThatThrownBy(() -> transport.send(Request.get("/x").within(SHORT)))
                    .isInstanceOf(RequestTimeout.class);
            assertThat(server.awaitEnd()).isEqualTo("end");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aWebPageIsAnUnknownRoute() throws Exception {
        try (OneAnswerServer server = OneAnswerServer.answering(200, "text/html", "<!doctype html>\n<html>");
                Transport transport = to(server.url())) {
            assertThatThrownBy(() -> transport.send(Request.get("/x")))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("unknown route");
            assertThatThrownBy(() ->
                            transport.openStream(Request.get("/event"), LONG).get())
                    .hasCauseInstanceOf(ProtocolException.class)
                    .hasMessageContaining("unknown route");
        }
    }

    @Test
    void anAnswerWithoutEndIsGivenUpAtItsLimit() throws Exception {
        try (OneAnswerServer server = new OneAnswerServer((request, connection) -> endless(200, connection));
                Transport transport = to(server.url(), 100_000)) {
            ProtocolException error =
                    catchThrowableOfType(ProtocolException.class, () -> transport.send(Request.get("/x")));
            assertThat(error).hasMessageContaining("more than 100000 bytes").hasMessageContaining("GET /x");
            assertThat(error.raw()).startsWith("[0,0,0");
            assertThat(server.awaitEnd()).isEqualTo("given up");
        }
    }

    @Test
    void anAnswerOfJustTheLimitIsRead() throws Exception {
        try (OneAnswerServer server = OneAnswerServer.json('"' + "x".repeat(98) + '"');
                Transport transport = to(server.url(), 100)) {
            assertThat(transport.send(Request.get("/x")).body()).hasSize(100);
        }
    }

    @Test
    void ofARefusalWithoutEndTheBeginningIsRead() throws Exception {
        try (OneAnswerServer server = new OneAnswerServer((request, connection) -> endless(500, connection));
                Transport transport = to(server.url())) {
            assertThatThrownBy(() -> transport.send(Request.get("/x")))
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("[0,0,0");
            assertThat(server.awaitEnd()).isEqualTo("given up");
        }
    }

    private static void endless(int status, OneAnswerServer.Connection connection) throws IOException {
        try {
            connection.write("HTTP/1.1 " + status + " Whatever\r\ncontent-type: application/json\r\n\r\n[");
            String more = "0,".repeat(4_000);
            while (true) connection.write(more);
        } finally {
            connection.ends().add("given up");
        }
    }

    @Test
    void memoryThatRanOutIsNoReasonToTryAgain() throws Exception {
        try (OneAnswerServer server = OneAnswerServer.json("{}");
                Transport transport = to(server.url())) {
            OutOfMemoryError full = new OutOfMemoryError("Java heap space");
            AgentException error = catchThrowableOfType(
                    AgentException.class,
                    () -> transport.send(Request.get("/x"), answer -> {
                        throw full;
                    }));
            assertThat(error).isInstanceOf(ServerException.class).hasCause(full);
            assertThat(error.isRetryable()).isFalse();
        }
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        try (OneAnswerServer server = OneAnswerServer.answering(302, "", "", "location: /elsewhere?token=t");
                Transport transport = to(server.url())) {
            assertThatThrownBy(() -> transport.send(Request.get("/x")))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("redirect")
                    .hasMessageNotContaining("token");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anEventStreamIsReadAsItComesAndClosingItFreesTheReader() throws Exception {
        try (OneAnswerServer server = new OneAnswerServer((request, connection) -> {
                    connection.write("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n");
                    connection.untilClosed("left");
                });
                Transport transport = to(server.url())) {
            InputStream stream =
                    transport.openStream(Request.get("/event"), LONG).get(10, TimeUnit.SECONDS);
            assertThat(new String(stream.readNBytes(9), StandardCharsets.UTF_8)).isEqualTo("data: 1\n\n");
            CompletableFuture<Object> reader = CompletableFuture.supplyAsync(() -> {
                try {
                    return stream.read();
                } catch (IOException e) {
                    return e;
                }
            });
            stream.close();
            assertThat(reader.get(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(server.awaitEnd()).isEqualTo("left");
            OneAnswerServer.Received request = server.only();
            assertThat(request.header("accept")).isEqualTo("text/event-stream");
            assertThat(request.header("cache-control")).isEqualTo("no-cache");
            assertThat(request.target()).isEqualTo("/event?directory=%2Fa+b");
        }
    }

    @Test
    void closingTheTransportEndsItsStreams() throws Exception {
        try (OneAnswerServer server = new OneAnswerServer((request, connection) -> {
            connection.write("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n");
            connection.untilClosed("left");
        })) {
            Transport transport = to(server.url());
            transport.openStream(Request.get("/event"), LONG).get(10, TimeUnit.SECONDS);
            transport.close();
            assertThat(server.awaitEnd()).isEqualTo("left");
        }
    }

    @Test
    void aRefusedStreamTellsWhy() throws Exception {
        try (OneAnswerServer server =
                        OneAnswerServer.answering(503, "application/json", "{\"data\":{\"message\":\"busy\"}}");
                Transport transport = to(server.url())) {
            assertThatThrownBy(() ->
                            transport.openStream(Request.get("/event"), LONG).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ServerException.class)
                    .hasMessageContaining("503")
                    .hasMessageContaining("busy");
        }
        try (OneAnswerServer server = OneAnswerServer.json("{}");
                Transport transport = to(server.url())) {
            assertThatThrownBy(() ->
                            transport.openStream(Request.get("/event"), LONG).get())
                    .hasCauseInstanceOf(ProtocolException.class)
                    .hasMessageContaining("no event stream");
        }
    }

    @Test
    void aStreamWithoutHeadersTimesOut() throws Exception {
        try (OneAnswerServer server = new OneAnswerServer((request, connection) -> connection.untilClosed("end"));
                Transport transport = to(server.url())) {
            assertThatThrownBy(() ->
                            transport.openStream(Request.get("/event"), SHORT).get())
                    .hasCauseInstanceOf(RequestTimeout.class)
                    .hasMessageContaining("1s");
            assertThat(server.awaitEnd()).isEqualTo("end");
        }
    }
}
