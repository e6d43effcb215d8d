package dev.opencode4j.testkit.server;

import static dev.opencode4j.testkit.server.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.Reconnected;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Ending;
import dev.opencode4j.testkit.impostor.Faults;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.impostor.LineEnding;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import dev.opencode4j.testkit.impostor.Response;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault of an event stream, by name: the text is whole, the prompt ran once, and the turn ends once. */
class StreamFaultsTest {

    private static final Answer ANSWER = Answer.script()
            .reasoning("Let me ", "see.")
            .text("First ", "this.")
            .tool("bash", "done")
            .text("Then ", "\u00e4\u00f6\u00fc \u2603 \ud83d\ude00", ".");
    private static final String TEXT = "First this.\n\nThen \u00e4\u00f6\u00fc \u2603 \ud83d\ude00.";

    private static void assertWhole(Stage stage, Played played, String prompt) {
        played.completed();
        assertThat(played.text()).isEqualTo(TEXT);
        assertThat(played.reply().parts()).hasSize(4);
        assertThat(played.reply().parts())
                .filteredOn(ToolPart.class::isInstance)
                .hasSize(1);
        assertThat(played.reply().parts()).extracting(Part::index).containsExactly(0, 1, 2, 3);
        assertThat(stage.impostor.timesRun(prompt)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void aStreamThatIsCutAtAnyEventOfATurn(Ending ending) {
        try (Stage stage = Stage.open().warm()) {
            int reconnected = 0;
            int pace = ending == Ending.ABRUPT ? 1 : 3;
            for (int event = 1; event <= 48; event += pace) {
                String prompt = "cut at " + event;
                if (stage.impostor.openStreams() == 0) stage.warm();
                stage.impostor.faults().cutAfter(event, ending);
                Played played = stage.play(ANSWER, prompt).within(Stage.FAST);
                assertWhole(stage, played, prompt);
                reconnected += played.told(Reconnected.class).size();
                stage.impostor.faults().heal();
            }
            assertThat(reconnected).isGreaterThan(20 / pace);
        }
    }

    @Test
    void aCutInTheMiddleOfATextIsToldAndTheTextIsWholeAtTheEnd() {
        try (Stage stage = Stage.open().warm()) {
            stage.impostor.nextTurn(
                    Answer.text("One ").hold("cut").text("two ").hold("heal").text("three."));
            Turn turn = stage.start("Count");
            stage.impostor.awaitHeld("cut", SOON);
            stage.impostor.faults().cut(Ending.RESET);
            stage.impostor.release("cut");
            Played played = Stage.play(turn, event -> {
                if (event instanceof Reconnected) stage.impostor.release("heal");
            });
            assertThat(played.completed().text()).isEqualTo("One two three.");
            assertThat(played.told(Reconnected.class)).hasSize(1);
            assertThat(played.told(Reconnected.class).get(0).cause()).contains("event stream");
        }
    }

    static Stream<Consumer<Faults>> spellings() {
        return Stream.of(
                faults -> faults.splitEvery(1),
                faults -> faults.splitEvery(7),
                faults -> faults.lineEnding(LineEnding.CR),
                faults -> faults.lineEnding(LineEnding.CRLF),
                faults -> faults.lineEnding(LineEnding.CRLF).splitEvery(1),
                faults -> faults.lineEnding(LineEnding.CR).splitEvery(3).byteOrderMark(),
                faults -> faults.byteOrderMark(),
                faults -> faults.multiLineData(),
                faults -> faults.multiLineData().lineEnding(LineEnding.CRLF).splitEvery(5),
                faults -> faults.commentBeforeEach(),
                faults -> faults.commentBeforeEach().heartbeatsAsComments().lineEnding(LineEnding.CR));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void aStreamThatIsSpelledOtherwise(Consumer<Faults> spelling) {
        try (Stage stage = Stage.open()) {
            spelling.accept(stage.impostor.faults());
            assertWhole(stage, stage.play(ANSWER, "Hi"), "Hi");
            assertThat(stage.impostor.streamsOpened()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.18.33", "1.15.13", "1.2.27"})
    void eventsThatAreRepeated(String version) {
        try (Stage stage = Stage.open(Impostor.builder().version(version).start())) {
            stage.impostor.faults().repeat(3);
            Played played = stage.play(ANSWER, "Hi");
            assertWhole(stage, played, "Hi");
            String streamed = String.join(
                    "",
                    played.told(TextDelta.class).stream().map(TextDelta::text).toList());
            if (!version.equals("1.2.27")) assertThat(streamed).isEqualTo(TEXT.replace("\n\n", ""));
        }
    }

    @Test
    void eventsThatOvertakeEachOther() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().reorder();
            Played played = stage.play(ANSWER, "Hi").completed();
            assertThat(played.reply().parts()).hasSize(4);
            assertThat(List.of(played.text().split("\n\n"))).containsExactlyInAnyOrder(TEXT.split("\n\n"));
            assertThat(stage.impostor.timesRun("Hi")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"session.status", "session.idle", "message.updated", "message.part.updated", "message.part.delta"
            })
    void allEventsOfATypeGetLost(String type) {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().drop(type);
            Played played = stage.play(ANSWER, "Hi").within(Stage.FAST);
            assertWhole(stage, played, "Hi");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"message.updated", "message.part.updated", "message.part.delta"})
    void theFirstEventsOfATypeGetLost(String type) {
        try (Stage stage = Stage.open().warm()) {
            for (int lost = 1; lost <= 6; lost++) {
                String prompt = "lost " + lost;
                stage.impostor.faults().dropNext(lost, type);
                Played played = stage.play(ANSWER, prompt).within(Stage.FAST).completed();
                // A message that is only found at the end comes after those that were heard of in time.
                assertThat(List.of(played.text().split("\n\n"))).containsExactlyInAnyOrder(TEXT.split("\n\n"));
                assertThat(stage.impostor.timesRun(prompt)).isEqualTo(1);
                stage.impostor.faults().heal();
            }
        }
    }

    @Test
    void theIdleIsLostOnALivingStream() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().dropIdle();
            assertWhole(stage, stage.play(ANSWER, "Hi").within(Stage.FAST), "Hi");
        }
    }

    @Test
    void theIdleIsLostInAGapAndTheTurnEndsByAskingWithinTwoSeconds() {
        try (Stage stage = Stage.open().warm()) {
            stage.impostor.nextTurn(Answer.text("All ").hold("gap").text("there."));
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("gap", SOON);
            stage.impostor.faults().cut(Ending.ABRUPT);
            stage.impostor.release("gap");
            Played played = Stage.play(turn).completed().within(Stage.FAST);
            assertThat(played.text()).isEqualTo("All there.");
            assertThat(played.told(Reconnected.class)).hasSize(1);
        }
    }

    @Test
    void aHalfOpenStreamIsFoundOutByItsSilence() {
        try (Stage stage = quick()) {
            stage.warm();
            stage.impostor.nextTurn(Answer.text("All ").hold("stall").text("there."));
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("stall", SOON);
            stage.impostor.faults().stall();
            stage.impostor.release("stall");
            Played played = Stage.play(turn).completed().within(Stage.FAST);
            assertThat(played.text()).isEqualTo("All there.");
            assertThat(played.told(Reconnected.class)).isNotEmpty();
        }
    }

    @Test
    void aHostThatVanishesIsFoundOutByItsSilence() {
        try (Stage stage = quick()) {
            stage.warm();
            stage.impostor.nextTurn(Answer.text("All ").hold("vanish").text("there."));
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("vanish", SOON);
            stage.impostor.faults().vanish();
            stage.impostor.release("vanish");
            Played played = Stage.play(turn).completed().within(Stage.FAST);
            assertThat(played.text()).isEqualTo("All there.");
        }
    }

    /** Takes 400 ms without a sign of life for death; the impostor gives one every 50 ms. */
    private static Stage quick() {
        Impostor impostor = Impostor.builder().heartbeat(Duration.ofMillis(50)).start();
        return Stage.open(impostor, builder -> {
            Stage.streams(builder, Duration.ofMillis(400), Duration.ofSeconds(30));
            builder.requestTimeout(Duration.ofSeconds(1));
        });
    }

    @Test
    void aFrozenStreamBringsEverythingLateAndInOrder() {
        try (Stage stage = Stage.open().warm()) {
            stage.impostor.nextTurn(Answer.text("One ").hold("freeze").text("two."));
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("freeze", SOON);
            stage.impostor.faults().freeze();
            stage.impostor.release("freeze");
            stage.impostor.awaitIdle(SOON);
            stage.impostor.faults().thaw();
            Played played = Stage.play(turn).completed();
            assertThat(played.text()).isEqualTo("One two.");
            assertThat(played.told(Reconnected.class)).isEmpty();
        }
    }

    @Test
    void theStreamIsReadyLate() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().holdConnected();
            Turn turn = stage.start("Hi");
            stage.impostor.awaitStreams(1, SOON);
            assertThat(stage.impostor.requests(RecordedRequest.prompts())).isEmpty();
            stage.impostor.faults().releaseConnected();
            Stage.play(turn).completed();
            assertThat(stage.impostor.timesRun("Hi")).isEqualTo(1);
        }
    }

    @Test
    void theStreamIsNeverReady() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().withoutConnected();
            SessionOptions hasty = SessionOptions.builder()
                    .timeouts(Stage.LIMITS.withConnect(Duration.ofMillis(300)))
                    .build();
            Played played = Stage.play(stage.client.start(stage.impostor.openSession("x"), Prompt.of("Hi"), hasty));
            assertThat(played.failure()).isInstanceOf(ConnectionException.class).hasMessageContaining("not ready");
            assertThat(stage.impostor.requests(RecordedRequest.prompts())).isEmpty();
        }
    }

    @Test
    void theStreamIsRefused() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().refuseStreams(503);
            assertThat(stage.play("Hi").within(Stage.FAST).failure())
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("503");
            stage.impostor.faults().heal().refuseStreams(401);
            assertThat(stage.play("Hi").failure()).isInstanceOf(AuthenticationException.class);
            stage.impostor.faults().heal().everyResponse(RecordedRequest.streams(), Response.webPage());
            assertThat(stage.play("Hi").failure()).isInstanceOf(ProtocolException.class);
            assertThat(stage.impostor.requests(RecordedRequest.prompts())).isEmpty();
            stage.impostor.faults().heal();
            stage.play("Hi").completed();
        }
    }

    @Test
    void theStreamIsRefusedForAWhileInTheMiddleOfATurn() {
        try (Stage stage = Stage.open().warm()) {
            stage.impostor.nextTurn(Answer.text("All ").hold("gap").text("there."));
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("gap", SOON);
            stage.impostor.faults().responses(3, RecordedRequest.streams(), Response.status(503));
            stage.impostor.faults().cut(Ending.RESET);
            stage.impostor.release("gap");
            assertThat(Stage.play(turn).completed().text()).isEqualTo("All there.");
        }
    }

    @Test
    void theStreamStaysAwayAndTheTurnEndsAtItsDeadline() {
        try (Stage stage = Stage.open().warm()) {
            stage.impostor.nextTurn(Answer.text("All ").hold("away").never());
            SessionOptions hasty = SessionOptions.builder()
                    .timeouts(Stage.LIMITS.withTurn(Duration.ofMillis(2500)))
                    .build();
            stage.impostor.faults().refuseStreams(503);
            Turn turn = stage.client.start(stage.impostor.openSession("x"), Prompt.of("Hi"), hasty);
            stage.impostor.awaitHeld("away", SOON);
            stage.impostor.faults().cut(Ending.RESET);
            Played played = Stage.play(turn).within(Stage.FAST);
            assertThat(played.failure()).isInstanceOf(DeadlineExceeded.class);
            stage.impostor.awaitIdle(SOON);
        }
    }

    @Test
    void brokenEventsInBetweenHurtNothing() {
        try (Stage stage = Stage.open()) {
            Answer odd = Answer.script()
                    .text("One ")
                    .raw("[]")
                    .raw("7")
                    .raw(
                            "{\"type\":\"message.updated\",\"properties\":{\"sessionID\":\"$SESSION\",\"info\":\"a string\"}}")
                    .raw("{\"type\":\"message.part.updated\",\"properties\":{\"sessionID\":\"$SESSION\",\"part\":[]}}")
                    .raw("{\"type\":\"brand.new\",\"properties\":{\"sessionID\":\"$SESSION\",\"x\":1}}")
                    .text("two.");
            assertThat(stage.play(odd, "Hi").completed().text()).isEqualTo("One two.");
        }
    }
}
