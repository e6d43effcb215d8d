package dev.opencode4j.testkit.server;

import static dev.opencode4j.testkit.server.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Ending;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import dev.opencode4j.testkit.impostor.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One stream for all turns: opened with the first, closed some time after the last, and enough for thousands. */
class OneStreamTest {

    @Test
    void isClosedAfterItsLastTurnAndOpenedAgainForTheNext() {
        try (Stage stage = Stage.open(
                Impostor.start(), builder -> Stage.streams(builder, Duration.ofSeconds(5), Duration.ofMillis(100)))) {
            stage.play("One").completed();
            stage.impostor.awaitStreams(0, SOON);
            stage.play("Two").completed();
            assertThat(stage.impostor.streamsOpened()).isEqualTo(2);
            stage.impostor.awaitStreams(0, SOON);
        }
    }

    @Test
    void isNotClosedUnderATurnThatBeganWhileItLingered() {
        try (Stage stage = Stage.open(
                Impostor.start(), builder -> Stage.streams(builder, Duration.ofSeconds(5), Duration.ofMillis(1)))) {
            for (int i = 0; i < 100; i++) {
                assertThat(stage.play("turn " + i).completed().text()).isEqualTo("You said: turn " + i);
            }
            stage.impostor.awaitStreams(0, SOON);
        }
    }

    @Test
    void isNotOpenedAgainWhenItBreaksAndNobodyWatches() {
        try (Stage stage = Stage.open().warm()) {
            stage.impostor.faults().cut(Ending.RESET);
            stage.impostor.awaitStreams(0, SOON);
            stage.play("Next").completed();
            assertThat(stage.impostor.streamsOpened()).isEqualTo(2);
        }
    }

    @Test
    void isSharedByAllDirectories() {
        try (Stage stage = Stage.open()) {
            String elsewhere = sessionIn(stage, "/elsewhere");
            assertThat(stage.play(elsewhere, "One").completed().text()).isEqualTo("You said: One");
            assertThat(stage.play("Two").completed().text()).isEqualTo("You said: Two");
            assertThat(stage.play(elsewhere, "Three").completed().text()).isEqualTo("You said: Three");
            assertThat(stage.impostor.streamsOpened()).isEqualTo(1);
        }
    }

    /** For as long as a thousand turns take on slow cores that others use, too. */
    private static final SessionOptions PATIENT =
            SessionOptions.builder().timeouts(Timeouts.DEFAULT).build();

    private static String sessionIn(Stage stage, String directory) {
        Json session = stage.client.call("POST", "/session?directory=" + directory, Json.EMPTY);
        return session.node().path("id").asString();
    }

    private static List<CompletableFuture<TurnResult>> turnsInDirectories(Stage stage, int directories) {
        List<CompletableFuture<TurnResult>> results = new ArrayList<>();
        for (int i = 0; i < directories; i++) {
            Turn turn = stage.client.start(sessionIn(stage, "/directory-" + i), Prompt.of("prompt " + i), PATIENT);
            results.add(turn.completion().toCompletableFuture());
        }
        return results;
    }

    private static void allSaid(List<CompletableFuture<TurnResult>> results) throws Exception {
        CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).get(180, TimeUnit.SECONDS);
        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).join().text()).isEqualTo("You said: prompt " + i);
        }
    }

    @Test
    void servesAThousandSessionsInAThousandDirectoriesAtOnce() throws Exception {
        try (Stage stage = Stage.open(
                Impostor.start(), builder -> Stage.streams(builder, Duration.ofMinutes(1), Duration.ofSeconds(30)))) {
            stage.impostor.otherwise(
                    prompt -> Answer.text("You said: ").hold("all").text(prompt.text()));
            List<CompletableFuture<TurnResult>> results = turnsInDirectories(stage, 1_000);
            stage.impostor.awaitHeld("all", SOON);
            assertThat(stage.impostor.openStreams()).isEqualTo(1);
            stage.impostor.release("all");
            allSaid(results);
            assertThat(stage.impostor.streamsOpened()).isEqualTo(1);
        }
    }

    @Test
    void isOneForEachDirectoryWhereTheServerHasNoneForAll() throws Exception {
        try (Stage stage = Stage.open(
                Impostor.start(), builder -> Stage.streams(builder, Duration.ofMinutes(1), Duration.ofMillis(100)))) {
            stage.impostor.faults().everyResponse(RecordedRequest.to("GET", "/global/event"), Response.webPage());
            allSaid(turnsInDirectories(stage, 20));
            stage.impostor.awaitStreams(0, SOON);
            assertThat(stage.impostor.streamsOpened()).isEqualTo(20);
            assertThat(stage.impostor.requests(RecordedRequest.to("GET", "/global/event")))
                    .hasSize(1);
        }
    }

    @Test
    void aServerThatRefusesTheStreamOfAllDirectoriesWith404HasOneForEach() throws Exception {
        try (Stage stage = Stage.open()) {
            stage.impostor
                    .faults()
                    .everyResponse(
                            RecordedRequest.to("GET", "/global/event"), Response.error(404, "NotFoundError", "no"));
            allSaid(turnsInDirectories(stage, 2));
            assertThat(stage.impostor.streamsOpened()).isEqualTo(2);
        }
    }

    @Test
    void twoThousandTurnsAtOnceAreNotMixedUp() throws Exception {
        int turns = 2_000;
        // Patient: on slow cores the stream may be silent for long while the prompts are posted.
        try (Stage stage = Stage.open(
                Impostor.start(), builder -> Stage.streams(builder, Duration.ofMinutes(1), Duration.ofSeconds(30)))) {
            stage.impostor.otherwise(prompt -> Answer.text("a ", prompt.text(), " b")
                    .tool("bash", prompt.text())
                    .text("c ", prompt.text()));
            List<String> sessions = new ArrayList<>();
            for (int i = 0; i < turns; i++) sessions.add(stage.impostor.openSession("s" + i));
            List<CompletableFuture<TurnResult>> results = new ArrayList<>();
            for (int i = 0; i < turns; i++) {
                Turn turn = stage.client.start(sessions.get(i), Prompt.of("prompt " + i), PATIENT);
                results.add(turn.completion().toCompletableFuture());
            }
            CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).get(180, TimeUnit.SECONDS);
            for (int i = 0; i < turns; i++) {
                TurnResult result = results.get(i).join();
                String prompt = "prompt " + i;
                assertThat(result.sessionId()).isEqualTo(sessions.get(i));
                assertThat(result.reply().text()).isEqualTo("a " + prompt + " b\n\nc " + prompt);
                assertThat(result.reply().tools()).hasSize(1);
            }
            assertThat(stage.impostor.promptsAccepted()).hasSize(turns);
            assertThat(stage.impostor.streamsOpened()).isEqualTo(1);
        }
    }
}
