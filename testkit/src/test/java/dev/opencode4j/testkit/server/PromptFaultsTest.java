package dev.opencode4j.testkit.server;

import static dev.opencode4j.testkit.server.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.FirstEventTimeout;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.event.Reconnected;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Ending;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import dev.opencode4j.testkit.impostor.Response;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of a prompt's way to the server, and of the server itself: never two runs, and a reason if there is none. */
class PromptFaultsTest {

    private static final Predicate<RecordedRequest> PROMPTS = RecordedRequest.prompts();

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(400, BadRequestException.class),
                Arguments.of(401, AuthenticationException.class),
                Arguments.of(403, AuthenticationException.class),
                Arguments.of(404, SessionNotFoundException.class),
                Arguments.of(500, ServerException.class),
                Arguments.of(502, ServerException.class));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalIsToldAndNothingIsRun(int status, Class<? extends AgentException> type) {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().everyResponse(PROMPTS, Response.error(status, "UnknownError", "No prompts today."));
            Played played = stage.play("Hi").within(Stage.FAST);
            assertThat(played.failure()).isInstanceOf(type).hasMessageContaining(Integer.toString(status));
            assertThat(stage.impostor.requests(PROMPTS)).hasSize(1);
            assertThat(stage.impostor.promptsAccepted()).isEmpty();
        }
    }

    @Test
    void aWebPageIsNoAcceptance() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().everyResponse(PROMPTS, Response.webPage());
            assertThat(stage.play("Hi").within(Stage.FAST).failure()).hasMessageContaining("web page");
            assertThat(stage.impostor.requests(PROMPTS)).hasSize(1);
        }
    }

    @Test
    void tooManyRequestsAreWaitedOutAsLongAsTheServerSays() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().nextResponse(PROMPTS, Response.status(429).retryAfter(Duration.ofSeconds(1)));
            Played played = stage.play("Hi").completed();
            assertThat(played.took()).isBetween(Duration.ofMillis(500), Stage.FAST);
            assertThat(stage.impostor.timesRun("Hi")).isEqualTo(1);
        }
    }

    @Test
    void tooManyRequestsForGoodAreAnError() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().everyResponse(PROMPTS, Response.status(429).retryAfter(Duration.ZERO));
            assertThat(stage.play("Hi").failure()).isInstanceOf(RateLimitException.class);
            assertThat(stage.impostor.requests(PROMPTS)).hasSize(3);
            assertThat(stage.impostor.promptsAccepted()).isEmpty();
        }
    }

    @Test
    void aServerThatIsNotReadyIsTriedAgain() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().nextResponse(PROMPTS, Response.status(503));
            stage.play("Hi").completed();
            assertThat(stage.impostor.timesRun("Hi")).isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatIsLostMeansOnePromptAndAWholeTurn() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().nextPromptAnswerLost();
            Played played =
                    stage.play(Answer.text("All ", "there."), "Hi").completed().within(Stage.FAST);
            assertThat(played.text()).isEqualTo("All there.");
            assertThat(stage.impostor.promptsAccepted()).hasSize(1);
            assertThat(stage.impostor.timesRun("Hi")).isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatIsLostWhileTheModelIsStillSilentMeansOnePromptToo() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().dropNext(1, "message.updated").nextPromptAnswerLost();
            stage.impostor.nextTurn(Answer.script().hold("think").text("There."));
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("think", SOON);
            stage.impostor.release("think");
            assertThat(Stage.play(turn).completed().text()).isEqualTo("There.");
            assertThat(stage.impostor.promptsAccepted()).hasSize(1);
        }
    }

    @Test
    void aPromptThatDidNotArriveIsSentOnceMoreUnderItsIdAndRunOnce() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().nextPromptNotAccepted();
            stage.play("Hi").completed().within(Stage.FAST);
            var sent = stage.impostor.requests(PROMPTS);
            assertThat(sent).hasSize(2);
            assertThat(sent.get(0).json().path("messageID"))
                    .isEqualTo(sent.get(1).json().path("messageID"));
            assertThat(stage.impostor.timesRun("Hi")).isEqualTo(1);
        }
    }

    /** Item 3 of the acceptance list. */
    @Test
    void aPromptThatNeverArrivesIsAnErrorWithinASecond() {
        try (Stage stage = Stage.open().warm()) {
            stage.impostor.faults().everyResponse(PROMPTS, Response.closeWithoutAnswer());
            Played played = stage.play("Hi").within(Stage.FAST);
            assertThat(played.failure()).isInstanceOf(ConnectionException.class);
            assertThat(stage.impostor.timesRun("Hi")).isZero();
            assertThat(stage.impostor.streamsOpened())
                    .as("the stream is not the prompt's")
                    .isEqualTo(1);
        }
    }

    @Test
    void aPromptThatTimesOutIsLookedForAndNotSentBlindly() {
        Impostor impostor = Impostor.start();
        try (Stage stage = Stage.open(impostor, builder -> builder.requestTimeout(Duration.ofMillis(700)))) {
            stage.warm();
            stage.impostor.faults().nextResponse(PROMPTS, Response.never());
            stage.play("Hi").completed().within(Stage.FAST);
            assertThat(stage.impostor.timesRun("Hi")).isEqualTo(1);
            stage.impostor.faults().everyResponse(PROMPTS, Response.never());
            Played played = stage.play("Ho").within(Stage.FAST);
            assertThat(played.failure()).hasMessageContaining("700ms");
            assertThat(stage.impostor.timesRun("Ho")).isZero();
        }
    }

    @Test
    void aPromptThatWasTakenAndForgottenIsAFirstEventTimeout() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().everyResponse(PROMPTS, Response.status(204));
            SessionOptions hasty = SessionOptions.builder()
                    .timeouts(Stage.LIMITS.withFirstEvent(Duration.ofMillis(800)))
                    .build();
            Turn turn = stage.client.start(stage.impostor.openSession("x"), Prompt.of("Hi"), hasty);
            assertThat(Stage.play(turn).within(Stage.FAST).failure()).isInstanceOf(FirstEventTimeout.class);
            assertThat(stage.impostor.timesRun("Hi")).isZero();
            assertThat(stage.impostor.requests(PROMPTS)).hasSize(1);
        }
    }

    @Test
    void headersAndBodiesMayBeSlow() {
        try (Stage stage = Stage.open()) {
            Predicate<RecordedRequest> status = RecordedRequest.to("GET", "/session/status");
            Response slow =
                    Response.ok("{}").slowHeaders(Duration.ofMillis(150)).slowBody(Duration.ofMillis(150));
            stage.impostor.faults().dropIdle().everyResponse(status, slow);
            assertThat(stage.play("Hi").completed().text()).isEqualTo("You said: Hi");
        }
    }

    // Asking.

    @Test
    void asksAgainWhenAskingFailsAfterAGap() {
        try (Stage stage = Stage.open().warm()) {
            Predicate<RecordedRequest> asking =
                    RecordedRequest.to("GET", "/session/status").or(RecordedRequest.to("GET", "/session/*/message"));
            stage.impostor.nextTurn(Answer.text("All ").hold("gap").text("there."));
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("gap", SOON);
            stage.impostor
                    .faults()
                    .nextResponse(asking, Response.status(500))
                    .nextResponse(asking, Response.closeWithoutAnswer())
                    .nextResponse(asking, Response.status(503))
                    .nextResponse(asking, Response.ok("{}").garbage());
            stage.impostor.faults().cut(Ending.RESET);
            stage.impostor.release("gap");
            Played played = Stage.play(turn).completed().within(Stage.FAST);
            assertThat(played.text()).isEqualTo("All there.");
            assertThat(played.told(Reconnected.class)).hasSize(1);
        }
    }

    // The server itself.

    @Test
    void aRestartThatForgetsNothingIsOnlyAGap() {
        try (Stage stage = Stage.open().warm()) {
            stage.impostor.nextTurn(Answer.text("All ").hold("restart").text("there."));
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("restart", SOON);
            stage.impostor.restart();
            stage.impostor.release("restart");
            Played played = Stage.play(turn).completed();
            assertThat(played.text()).isEqualTo("All there.");
            assertThat(played.told(Reconnected.class)).hasSize(1);
            assertThat(stage.impostor.timesRun("Hi")).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsAwayForAWhile() {
        try (Stage stage = Stage.open().warm()) {
            stage.impostor.nextTurn(Answer.text("All ").hold("away").text("there."));
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("away", SOON);
            stage.impostor.goDown();
            stage.impostor.release("away");
            stage.impostor.awaitIdle(SOON);
            stage.impostor.comeUp();
            assertThat(Stage.play(turn).completed().text()).isEqualTo("All there.");
            assertThat(stage.impostor.timesRun("Hi")).isEqualTo(1);
        }
    }

    @Test
    void aRestartThatForgetsTheSessionIsSaidToHave() {
        try (Stage stage = Stage.open().warm()) {
            stage.impostor.nextTurn(Answer.text("All ").hold("restart"));
            Turn turn = stage.start("Hi");
            Played played = Stage.play(turn, event -> {
                        if (event instanceof TextDelta) stage.impostor.restartLosingState();
                    })
                    .within(Stage.FAST);
            assertThat(played.failure()).isInstanceOf(SessionNotFoundException.class);
            assertThat(played.text()).isEqualTo("All ");
            assertThat(stage.impostor.timesRun("Hi")).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsKilledBeforeItAnswersAnything() {
        try (Stage stage = Stage.open().warm()) {
            stage.impostor.faults().freeze();
            stage.impostor.nextTurn(Answer.script().hold("killed"));
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("killed", SOON);
            stage.impostor.killMidTurn();
            Played played = Stage.play(turn).within(Stage.FAST);
            assertThat(played.failure()).isInstanceOf(ServerException.class);
            assertThat(stage.impostor.timesRun("Hi")).isEqualTo(1);
        }
    }
}
