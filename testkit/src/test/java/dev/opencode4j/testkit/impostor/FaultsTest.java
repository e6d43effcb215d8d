package dev.opencode4j.testkit.impostor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Each fault, by its name, as it shows on the wire. */
class FaultsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Impostor impostor = Impostor.start();
    private final Client client = new Client(impostor.url());

    @AfterEach
    void close() {
        impostor.close();
    }

    private Subscriber subscribed() throws Exception {
        return Subscriber.to(impostor.url()).await(all -> all.body().contains("server.connected"));
    }

    private static String event(int number) {
        return "{\"type\":\"n" + number + "\"}";
    }

    private void emit(int from, int to) {
        for (int i = from; i <= to; i++) {
            impostor.emit(event(i));
        }
    }

    @Test
    void streamsAreCutAfterSoManyEvents() throws Exception {
        try (Subscriber subscriber = subscribed()) {
            impostor.faults().cutAfter(2, Ending.ABRUPT);
            emit(1, 3);

            assertThat(subscriber.awaitEnd()).isEqualTo("end of file");
            assertThat(subscriber.types()).containsExactly("server.connected", "n1", "n2");
            assertThat(subscriber.raw()).doesNotEndWith("0\r\n\r\n");
            impostor.awaitStreams(0, SOON);
        }
    }

    @Test
    void aStreamEndsWithAResetOrProperly() throws Exception {
        try (Subscriber subscriber = subscribed()) {
            impostor.faults().cut(Ending.RESET);
            assertThat(subscriber.awaitEnd()).isEqualTo("reset");
        }
        try (Subscriber subscriber = subscribed()) {
            impostor.faults().cut(Ending.CLEAN);
            assertThat(subscriber.awaitEnd()).isEqualTo("end of file");
            assertThat(subscriber.raw()).endsWith("0\r\n\r\n");
        }
    }

    @Test
    void aStalledStreamStaysOpenAndSilentWhileANewOneIsWell() throws Exception {
        try (Subscriber stalled = subscribed()) {
            impostor.faults().stallAfter(1);
            emit(1, 2);
            impostor.heartbeat();
            try (Subscriber fresh = subscribed()) {
                emit(3, 3);
                fresh.awaitType("n3", 1);
                assertThat(stalled.awaitType("n1", 1).types()).containsExactly("server.connected", "n1");
                assertThat(impostor.openStreams()).isEqualTo(2);
            }
        }
    }

    @Test
    void aFrozenStreamBringsEverythingWhenItThaws() throws Exception {
        try (Subscriber frozen = subscribed()) {
            impostor.faults().freeze();
            emit(1, 2);
            try (Subscriber fresh = subscribed()) {
                emit(3, 3);
                fresh.awaitType("n3", 1);
            }
            assertThat(frozen.types()).containsExactly("server.connected");
            impostor.faults().thaw();
            assertThat(frozen.awaitType("n3", 1).types()).containsExactly("server.connected", "n1", "n2", "n3");
        }
    }

    @Test
    void aVanishedHostAnswersNothingOnOldConnections() throws Exception {
        client.get("/global/health");
        try (Subscriber subscriber = subscribed()) {
            impostor.faults().vanish();
            CompletableFuture<?> unanswered = client.sendAsync("GET", "/global/health", "");
            emit(1, 1);

            assertThat(new Client(impostor.url())
                            .get("/global/health")
                            .path("healthy")
                            .asBoolean())
                    .isTrue();
            assertThatThrownBy(() -> unanswered.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(subscriber.types()).containsExactly("server.connected");
        }
    }

    @Test
    void eventsComeInPieces() throws Exception {
        try (Subscriber subscriber = subscribed()) {
            impostor.faults().splitEvery(1);
            emit(1, 1);

            assertThat(subscriber.awaitType("n1", 1).raw()).endsWith("1\r\n}\r\n1\r\n\n\r\n1\r\n\n\r\n");
        }
    }

    @Test
    void linesEndAsTold() throws Exception {
        try (Subscriber subscriber = subscribed()) {
            impostor.faults().lineEnding(LineEnding.CRLF);
            emit(1, 1);
            subscriber.await(all -> all.body().endsWith("data: " + event(1) + "\r\n\r\n"));
            impostor.faults().lineEnding(LineEnding.CR);
            emit(2, 2);
            subscriber.await(all -> all.body().endsWith("data: " + event(2) + "\r\r"));
        }
    }

    @Test
    void aByteOrderMarkCommentsAndManyLinesAreSent() throws Exception {
        impostor.faults().byteOrderMark().commentBeforeEach().multiLineData();
        try (Subscriber subscriber = subscribed()) {
            emit(1, 1);
            String body = subscriber
                    .await(all -> all.body().contains("n1\"\ndata: }\n\n"))
                    .body();

            assertThat(body).startsWith("\ufeff: heartbeat\ndata: {\n");
        }
    }

    @Test
    void heartbeatsAreEventsOrComments() throws Exception {
        try (Subscriber subscriber = subscribed()) {
            impostor.heartbeat();
            subscriber.awaitType("server.heartbeat", 1);
            impostor.faults().heartbeatsAsComments();
            impostor.heartbeat();
            subscriber.await(all -> all.body().endsWith(": heartbeat\n\n"));
        }
    }

    @Test
    void heartbeatsComeByThemselves() throws Exception {
        try (Impostor quick =
                        Impostor.builder().heartbeat(Duration.ofMillis(20)).start();
                Subscriber subscriber = Subscriber.to(quick.url())) {
            subscriber.awaitType("server.heartbeat", 3);
        }
    }

    @Test
    void eventsAreRepeatedDroppedAndSwapped() throws Exception {
        try (Subscriber subscriber = subscribed()) {
            impostor.faults().repeat(2).dropNext(1, "n2");
            emit(1, 2);
            impostor.emit(event(2));
            subscriber.awaitType("n2", 2);
            assertThat(subscriber.types()).containsExactly("server.connected", "n1", "n1", "n2", "n2");

            impostor.faults().heal().reorder();
            impostor.emit("{\"type\":\"message.part.delta\"}");
            impostor.emit("{\"type\":\"message.part.updated\"}");
            emit(9, 9);
            assertThat(subscriber.awaitType("n9", 1).types())
                    .containsSubsequence("message.part.updated", "message.part.delta", "n9");
        }
    }

    @Test
    void idleIsDroppedOrToldOnConnect() throws Exception {
        String session = client.newSession();
        try (Subscriber subscriber = subscribed()) {
            impostor.faults().dropIdle();
            client.post("/session/" + session + "/message", Client.prompt("go"));
            emit(1, 1);
            assertThat(subscriber.awaitType("n1", 1).types()).doesNotContain("session.idle");
            assertThat(subscriber.body()).doesNotContain("\"type\":\"idle\"");
        }
        impostor.faults().heal().idleOnConnect();
        try (Subscriber subscriber = subscribed()) {
            assertThat(subscriber.awaitType("session.idle", 1).types())
                    .containsExactly("server.connected", "session.status", "session.idle");
        }
    }

    @Test
    void connectedNeverComesOrComesLate() throws Exception {
        impostor.faults().withoutConnected();
        try (Subscriber subscriber = Subscriber.to(impostor.url())) {
            impostor.awaitStreams(1, SOON);
            emit(1, 1);
            assertThat(subscriber.awaitType("n1", 1).types()).containsExactly("n1");
        }
        impostor.faults().heal().holdConnected();
        try (Subscriber subscriber = Subscriber.to(impostor.url())) {
            impostor.awaitStreams(1, SOON);
            emit(2, 2);
            impostor.faults().releaseConnected();
            assertThat(subscriber.awaitType("server.connected", 1).types()).containsExactly("n2", "server.connected");
        }
    }

    @Test
    void streamsAreRefused() throws Exception {
        impostor.faults().refuseStreams(503);

        assertThat(client.send("GET", "/event", "").statusCode()).isEqualTo(503);
        assertThat(impostor.streamsOpened()).isZero();
    }

    @Test
    void aResponseIsReplacedOnce() throws Exception {
        impostor.faults()
                .nextResponse(
                        RecordedRequest.to("POST", "/session"),
                        Response.status(503).retryAfter(Duration.ofSeconds(2)));
        var refused = client.send("POST", "/session", "{}");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).hasValue("2");
        assertThat(client.newSession()).startsWith("ses_");
        assertThat(impostor.requests(RecordedRequest.to("POST", "/session"))).hasSize(2);
    }

    @Test
    void responsesAreHtmlGarbageSlowTruncatedOrMissing() throws Exception {
        impostor.faults().responses(1, request -> true, Response.webPage());
        assertThat(client.send("GET", "/session", "").headers().firstValue("content-type"))
                .hasValue("text/html");

        impostor.faults().responses(1, request -> true, Response.status(200).garbage());
        String garbage = client.send("GET", "/session", "").body();
        assertThatThrownBy(() -> Json.parse(garbage)).isInstanceOf(tools.jackson.core.JacksonException.class);

        impostor.faults()
                .nextResponse(
                        request -> true,
                        Response.ok("[1,2]").slowHeaders(Duration.ofMillis(20)).slowBody(Duration.ofMillis(20)));
        long before = System.nanoTime();
        assertThat(client.send("GET", "/session", "").body()).isEqualTo("[1,2]");
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(40_000_000);

        impostor.faults().nextResponse(request -> true, Response.ok("[1,2]").truncated());
        assertThatThrownBy(() -> client.send("POST", "/session", "")).isInstanceOf(IOException.class);

        impostor.faults().nextResponse(request -> true, Response.closeWithoutAnswer());
        assertThatThrownBy(() -> client.send("POST", "/session", "")).isInstanceOf(IOException.class);

        impostor.faults().nextResponse(request -> true, Response.never());
        CompletableFuture<?> never = client.sendAsync("POST", "/session", "");
        assertThatThrownBy(() -> never.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aPromptRunsAlthoughItsAnswerIsLost() throws Exception {
        String session = client.newSession();
        impostor.faults().nextPromptAnswerLost();

        assertThatThrownBy(() -> client.promptAsync(session, "once")).isInstanceOf(IOException.class);
        impostor.awaitIdle(SOON);
        assertThat(impostor.timesRun("once")).isEqualTo(1);
        assertThat(client.promptAsync(session, "twice")).isEqualTo(204);
    }

    @Test
    void aPromptIsNotAcceptedAndItsSenderCannotTell() throws Exception {
        String session = client.newSession();
        impostor.faults().nextPromptNotAccepted();

        assertThatThrownBy(() -> client.promptAsync(session, "once")).isInstanceOf(IOException.class);
        assertThat(impostor.promptsAccepted()).isEmpty();
        assertThat(impostor.requests(RecordedRequest.prompts())).hasSize(1);
    }

    @Test
    void aRestartCutsEverythingAndKeepsPortStateAndTurns() throws Exception {
        String session = client.newSession();
        impostor.nextTurn(Answer.text("a").hold("gate"));
        client.promptAsync(session, "go");
        impostor.awaitHeld("gate", SOON);
        try (Subscriber subscriber = subscribed()) {
            impostor.restart();
            subscriber.awaitEnd();
        }
        impostor.release("gate");
        impostor.awaitIdle(SOON);

        assertThat(client.messages(session).path(1).path("info").path("finish").asString())
                .isEqualTo("stop");
    }

    @Test
    void whileItIsDownNobodyGetsThrough() throws Exception {
        impostor.goDown();
        assertThatThrownBy(() -> client.get("/global/health")).isInstanceOf(ConnectException.class);
        impostor.comeUp();
        assertThat(client.get("/global/health").path("healthy").asBoolean()).isTrue();
    }

    @Test
    void aRestartMayLoseAllSessions() throws Exception {
        String session = client.newSession();
        impostor.restartLosingState();

        var gone = client.send("GET", "/session/" + session, "");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body()).contains("Session not found: " + session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.27", "1.18.33"})
    void afterAKillTheSameMessageIdRunsAgain(String version) throws Exception {
        try (Impostor killed = Impostor.builder().version(version).start()) {
            Client prompter = new Client(killed.url());
            String session = prompter.newSession();
            String path = "/session/" + session + "/prompt_async";
            String prompt = Client.prompt("msg_1f778863e001RWCqBP0MnPkyB4", "go");
            killed.nextTurn(Answer.text("lost").hold("gate"));
            prompter.send("POST", path, prompt);
            killed.awaitHeld("gate", SOON);
            killed.killMidTurn();
            killed.nextTurn(Answer.script().hold("again"));
            prompter.send("POST", path, prompt);

            killed.awaitHeld("again", SOON);
            assertThat(killed.timesRun("go")).isEqualTo(2);
        }
    }

    @Test
    void aKilledServerForgetsWhatWasNotOnItsDisk() throws Exception {
        String session = client.newSession();
        impostor.nextTurn(Answer.text("lost").hold("gate"));
        client.promptAsync(session, "go");
        impostor.awaitHeld("gate", SOON);
        impostor.killMidTurn();

        assertThat(client.get("/session/status")).isEmpty();
        assertThat(client.get("/permission")).isEmpty();
        JsonNode answer = client.messages(session).path(1);
        assertThat(answer.path("info").path("time").has("completed")).isFalse();
        assertThat(answer.path("parts").path(1).path("text").asString()).isEmpty();
        client.post("/session/" + session + "/message", Client.prompt("next"));
        assertThat(client.messages(session)).hasSize(4);
    }
}
