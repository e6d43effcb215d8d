package dev.opencode4j.testkit.server;

import static dev.opencode4j.testkit.server.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.impostor.Question;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of a real OpenCode, one by one, as the impostor sets them. */
class TrapsTest {

    @ParameterizedTest
    @ValueSource(strings = {"1.18.33", "1.15.13", "1.2.27"})
    void trap1AnUnknownAgentIsAnErrorAlthoughNoIdleEverComes(String version) {
        try (Stage stage = Stage.open(Impostor.builder().version(version).start())) {
            Prompt prompt = Prompt.builder("Hi").agent("nobody").build();
            Turn turn = stage.client.start(stage.impostor.openSession("x"), prompt, Stage.options());
            Played played = Stage.play(turn).within(Stage.FAST);
            assertThat(played.failure()).hasMessageContaining("nobody");
            assertThat(stage.impostor.promptsAccepted()).isEmpty();
        }
    }

    @Test
    void trap1AnUnknownModelIsAnErrorAndTheNextTurnIsNotBlamedForIt() {
        try (Stage stage = Stage.open()) {
            String session = stage.impostor.openSession("x");
            Prompt prompt = Prompt.builder("Hi").model(Model.of("no/such")).build();
            Played played = Stage.play(stage.client.start(session, prompt, Stage.options()));
            assertThat(played.failure()).hasMessageContaining("no/such");
            Prompt next =
                    Prompt.builder("Ho").model(Model.of("scripted/scripted")).build();
            Stage.play(stage.client.start(session, next, Stage.options())).completed();
        }
    }

    @Test
    void trap2IdleOnConnectEndsNothing() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().idleOnConnect();
            assertThat(stage.play(Answer.text("All ", "there."), "Hi")
                            .completed()
                            .text())
                    .isEqualTo("All there.");
        }
    }

    @Test
    void trap2TheLateIdleOfTheTurnBeforeEndsNothing() {
        try (Stage stage = Stage.open()) {
            String session = stage.impostor.openSession("x");
            stage.impostor.nextTurn(Answer.text("One.").lateIdle());
            stage.impostor.nextTurn(Answer.script().hold("late").text("Two."));
            stage.play(session, "First").completed();
            Turn second = stage.start(session, "Second");
            stage.impostor.awaitHeld("late", SOON);
            stage.impostor.heartbeat();
            stage.impostor.release("late");
            assertThat(Stage.play(second).completed().text()).isEqualTo("Two.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.18.33", "1.15.13", "1.2.27"})
    void trap3TheUsersOwnWordsAreNoPartOfTheReply(String version) {
        try (Stage stage = Stage.open(Impostor.builder().version(version).start())) {
            Played played = stage.play(Answer.text("Answer."), "Question?").completed();
            assertThat(played.reply().parts())
                    .hasSize(1)
                    .allSatisfy(part -> assertThat(((TextPart) part).text()).isEqualTo("Answer."));
        }
    }

    /** The impostor counts runs as a real one would: an id of the wrong height makes none, or many. */
    @ParameterizedTest
    @ValueSource(strings = {"1.18.33", "1.15.13", "1.2.27"})
    void trap4EachPromptOfALongConversationIsRunOnceByServersThatCompareIds(String version) {
        try (Stage stage = Stage.open(Impostor.builder().version(version).start())) {
            String session = stage.impostor.openSession("x");
            String last = "";
            for (int i = 0; i < 10; i++) {
                Played played = stage.play(session, "prompt " + i).completed().within(Stage.FAST);
                String id = played.told(TurnStarted.class).get(0).messageId();
                assertThat(id).isGreaterThan(last);
                last = id;
                assertThat(stage.impostor.timesRun("prompt " + i)).isEqualTo(1);
            }
        }
    }

    @Test
    void trap5TheSameIdIsNeverPostedTwiceToAServerThatHasIt() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().nextPromptAnswerLost();
            stage.play("Hi").completed();
            assertThat(stage.impostor.requests(RecordedRequest.prompts())).hasSize(1);
            String session = stage.impostor.promptsAccepted().get(0).sessionId();
            assertThat(stage.impostor.messages(session).get(0).path("parts")).hasSize(1);
        }
    }

    @Test
    void trap6OfTwoQueuedPromptsEachTurnHasItsOwnAnswer() {
        try (Stage stage = Stage.open()) {
            String session = stage.impostor.openSession("x");
            stage.impostor.nextTurn(Answer.text("One ").hold("queued").text("two."));
            stage.impostor.nextTurn(Answer.text("Three."));
            Turn first = stage.start(session, "First");
            stage.impostor.awaitHeld("queued", SOON);
            Turn second = stage.start(session, "Second");
            stage.impostor.awaitRequest(
                    RecordedRequest.prompts().and(request -> request.body().contains("Second")), SOON);
            stage.impostor.release("queued");
            assertThat(Stage.play(first).completed().text()).isEqualTo("One two.");
            assertThat(Stage.play(second).completed().text()).isEqualTo("Three.");
            assertThat(stage.impostor.timesRun("First")).isEqualTo(1);
            assertThat(stage.impostor.timesRun("Second")).isEqualTo(1);
        }
    }

    @Test
    void trap7AfterAKillWhatWasStreamedIsKeptAndTheTurnIsNotRunAgain() {
        try (Stage stage = Stage.open().warm()) {
            String session = stage.impostor.openSession("x");
            stage.impostor.nextTurn(Answer.text("Half of ").hold("kill").text("it."));
            Turn turn = stage.start(session, "Hi");
            Played played = Stage.play(turn, event -> {
                        if (event instanceof TextDelta) stage.impostor.killMidTurn();
                    })
                    .within(Stage.FAST);
            assertThat(played.failure()).isInstanceOf(ServerException.class);
            assertThat(played.failure().isRetryable()).isFalse();
            assertThat(played.text()).isEqualTo("Half of ");
            assertThat(stage.impostor.timesRun("Hi")).isEqualTo(1);
            stage.play(session, "Next").completed();
        }
    }

    @Test
    void trap8ASessionWhoseMessagesCannotBeListedAnymoreStillRunsTurns() {
        try (Stage stage = Stage.open()) {
            String session = stage.impostor.openSession("x");
            stage.impostor.nextTurn(Answer.script().structured("{\"a\":1}"));
            Prompt format = Prompt.builder("Structure")
                    .schema(Json.parse("{\"type\":\"object\"}"))
                    .build();
            Played first = Stage.play(stage.client.start(session, format, Stage.options()))
                    .completed();
            assertThat(first.reply().structured()).isNotNull();
            stage.impostor.faults().dropIdle();
            Played next = stage.play(session, "Next");
            assertThat(next.completed().text()).isEqualTo("You said: Next");
        }
    }

    @Test
    void trap9WhatWasMissedIsAskedForSinceNothingIsReplayed() {
        try (Stage stage = Stage.open().warm()) {
            SessionOptions asking = SessionOptions.builder()
                    .timeouts(Stage.LIMITS)
                    .permissions(PermissionPolicy.once())
                    .questions(
                            request -> CompletableFuture.completedFuture(new QuestionReply(List.of(List.of("blue")))))
                    .build();
            stage.impostor.nextTurn(Answer.script()
                    .hold("gap")
                    .askPermission("bash", "ls")
                    .askQuestion(Question.of("Which colour?", "blue", "red"))
                    .text("Done."));
            Turn turn = stage.client.start(stage.impostor.openSession("x"), Prompt.of("Hi"), asking);
            stage.impostor.awaitHeld("gap", SOON);
            stage.impostor.goDown();
            stage.impostor.release("gap");
            stage.impostor.comeUp();
            Played played = Stage.play(turn).completed();
            assertThat(played.text()).isEqualTo("Done.");
            assertThat(played.told(PermissionAsked.class)).hasSize(1);
            assertThat(played.told(QuestionAsked.class)).hasSize(1);
        }
    }

    @Test
    void trap10OneStreamServesAllTurns() {
        try (Stage stage = Stage.open().warm()) {
            for (int round = 0; round < 3; round++) {
                List<Turn> turns = IntStream.range(0, 50)
                        .mapToObj(i -> stage.start("turn " + i))
                        .toList();
                for (int i = 0; i < turns.size(); i++) {
                    assertThat(Stage.play(turns.get(i)).completed().text()).isEqualTo("You said: turn " + i);
                }
            }
            assertThat(stage.impostor.streamsOpened()).isEqualTo(1);
            assertThat(stage.impostor.openStreams()).isEqualTo(1);
        }
    }

    @Test
    void whatASubAgentAsksReachesTheTurn() {
        try (Stage stage = Stage.open()) {
            SessionOptions asking = SessionOptions.builder()
                    .timeouts(Stage.LIMITS)
                    .permissions(PermissionPolicy.once())
                    .questions(QuestionPolicy.reject())
                    .build();
            Answer inner = Answer.script()
                    .subAgent(
                            "Deeper",
                            Answer.script().askPermission("bash", "ls").text("deep"));
            stage.impostor.nextTurn(Answer.script().subAgent("Deep", inner).text("Done."));
            Turn turn = stage.client.start(stage.impostor.openSession("x"), Prompt.of("Hi"), asking);
            Played played = Stage.play(turn).completed();
            assertThat(played.told(PermissionAsked.class)).hasSize(1);
            assertThat(played.text()).isEqualTo("Done.");
        }
    }

    /** Two sub-agents deep, and nothing of it was heard. */
    @Test
    void whatASubAgentsSubAgentAskedInAGapReachesTheTurnToo() {
        try (Stage stage = Stage.open().warm()) {
            SessionOptions asking = SessionOptions.builder()
                    .timeouts(Stage.LIMITS)
                    .permissions(PermissionPolicy.once())
                    .build();
            Answer inner = Answer.script()
                    .subAgent(
                            "Deeper",
                            Answer.script().askPermission("bash", "ls").text("deep"));
            stage.impostor.nextTurn(
                    Answer.script().hold("gap").subAgent("Deep", inner).text("Done."));
            Turn turn = stage.client.start(stage.impostor.openSession("x"), Prompt.of("Hi"), asking);
            stage.impostor.awaitHeld("gap", SOON);
            stage.impostor.goDown();
            stage.impostor.release("gap");
            stage.impostor.comeUp();
            assertThat(Stage.play(turn).completed().told(PermissionAsked.class)).hasSize(1);
        }
    }
}
