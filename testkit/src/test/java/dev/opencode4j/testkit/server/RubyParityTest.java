package dev.opencode4j.testkit.server;

import static dev.opencode4j.testkit.server.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.IdleTimeout;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.Reconnected;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.WrittenFiles;
import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Ending;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.impostor.LineEnding;
import dev.opencode4j.testkit.impostor.Question;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import dev.opencode4j.testkit.impostor.Response;
import dev.opencode4j.testkit.impostor.ToolCall;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What the Ruby client's own tests promise of its streams, row by row of its table, over sockets and for the better. */
class RubyParityTest {

    private static final Predicate<RecordedRequest> PROMPTS = RecordedRequest.prompts();
    private static final Predicate<RecordedRequest> STREAMS = RecordedRequest.streams();

    private static List<String> order(Stage stage) {
        return stage.impostor.requests(PROMPTS.or(STREAMS)).stream()
                .map(request -> PROMPTS.test(request) ? "prompt" : "stream")
                .toList();
    }

    @Test
    void row10StreamReturnsATypedReplyWithTheFullText() {
        try (Stage stage = Stage.open()) {
            stage.impostor.nextTurn(Answer.text("hello ", "world"));
            List<AgentEvent> events = new ArrayList<>();
            Reply reply = stage.client.stream(stage.impostor.openSession("x"), "Hi", events::add);
            assertThat(reply.text()).isEqualTo("hello world");
            assertThat(events.stream().filter(TextDelta.class::isInstance)).hasSize(2);
        }
    }

    @Test
    void row11TheStreamIsReadyBeforeThePromptIsPosted() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().holdConnected();
            Turn turn = stage.start("Hi");
            stage.impostor.awaitStreams(1, SOON);
            stage.impostor.heartbeat();
            stage.impostor.faults().cut(Ending.CLEAN);
            stage.impostor.awaitRequest(request -> stage.impostor.streamsOpened() == 2 || STREAMS.test(request), SOON);
            assertThat(stage.impostor.requests(PROMPTS)).isEmpty();
            stage.impostor.faults().heal();
            stage.impostor.faults().cut(Ending.CLEAN);
            Stage.play(turn).completed();
            List<String> order = order(stage);
            assertThat(order.indexOf("prompt"))
                    .as("streams before the prompt: %s", order)
                    .isGreaterThanOrEqualTo(2);
            assertThat(order.stream().filter("prompt"::equals)).hasSize(1);
        }
    }

    @Test
    void row12NothingIsPostedWhenTheStreamIsRefused() {
        try (Stage stage = Stage.open()) {
            stage.impostor.faults().refuseStreams(503);
            assertThat(stage.play("Hi").failure())
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("503");
            assertThat(stage.impostor.requests(PROMPTS)).isEmpty();
        }
    }

    @Test
    void row13APromptThatTimesOutIsToldAndTheStreamIsNotOpenedAnew() {
        Impostor impostor = Impostor.start();
        // The stream may be silent for longer than three posts take.
        try (Stage stage = Stage.open(impostor, builder -> {
            Stage.streams(builder, Duration.ofMinutes(1), Duration.ofSeconds(30));
            builder.requestTimeout(Duration.ofSeconds(2));
        })) {
            stage.impostor.faults().everyResponse(PROMPTS, Response.never());
            assertThat(stage.play("Hi").failure()).hasMessageContaining("within 2s");
            assertThat(stage.impostor.requests(STREAMS)).hasSize(1);
            assertThat(stage.impostor.timesRun("Hi")).isZero();
        }
    }

    @Test
    void row14AStreamThatBreaksIsOpenedAnewAndThePromptIsNotPostedAgain() {
        try (Stage stage = Stage.open()) {
            stage.impostor.nextTurn(Answer.script().hold("break").text("once"));
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("break", SOON);
            stage.impostor.faults().cut(Ending.ABRUPT);
            Played played = Stage.play(turn, event -> {
                if (event instanceof Reconnected) stage.impostor.release("break");
            });
            assertThat(played.completed().text()).isEqualTo("once");
            assertThat(order(stage)).containsExactly("stream", "prompt", "stream");
        }
    }

    @Test
    void row15ThePromptIsPostedOnceHoweverOftenTheStreamIsReady() {
        try (Stage stage = Stage.open()) {
            stage.impostor.nextTurn(Answer.script().hold("break").text("once"));
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("break", SOON);
            int[] breaks = {0};
            stage.impostor.faults().cut(Ending.ABRUPT);
            Stage.play(turn, event -> {
                        if (!(event instanceof Reconnected)) return;
                        if (++breaks[0] < 5) stage.impostor.faults().cut(Ending.ABRUPT);
                        else stage.impostor.release("break");
                    })
                    .completed();
            assertThat(order(stage))
                    .containsExactly("stream", "prompt", "stream", "stream", "stream", "stream", "stream");
        }
    }

    /** The first that a caller hears is that the stream is ready and the prompt about to go. */
    @Test
    void row16ATimeoutOfTheCallersOwnAsTheTurnBeginsIsThrownOnAndTheStreamIsNotOpenedAnew() {
        try (Stage stage = Stage.open()) {
            UncheckedIOException own = new UncheckedIOException(new SocketTimeoutException("the listener's own"));
            List<AgentEvent> heard = new ArrayList<>();
            stage.impostor.nextTurn(Answer.never());
            assertThatThrownBy(() -> stage.client.stream(stage.impostor.openSession("x"), "Hi", event -> {
                        heard.add(event);
                        throw own;
                    }))
                    .isSameAs(own);
            assertThat(heard).singleElement().isInstanceOf(TurnStarted.class);
            stage.impostor.awaitIdle(SOON);
            assertThat(order(stage)).isIn(List.of("stream"), List.of("stream", "prompt"));
        }
    }

    @Test
    void rows17And18EveryFramingThatTheGrammarAllowsIsUnderstoodByteByByte() {
        try (Stage stage = Stage.open()) {
            stage.impostor
                    .faults()
                    .splitEvery(1)
                    .lineEnding(LineEnding.CRLF)
                    .byteOrderMark()
                    .commentBeforeEach()
                    .multiLineData();
            assertThat(stage.play(Answer.text("Both ", "events."), "Hi")
                            .completed()
                            .text())
                    .isEqualTo("Both events.");
            assertThat(stage.impostor.requests(STREAMS)).hasSize(1);
        }
    }

    private static SessionOptions asking(Duration idle, Duration turn) {
        return SessionOptions.builder()
                .timeouts(Stage.LIMITS.withIdle(idle).withTurn(turn))
                .permissions(PermissionPolicy.askConsumer())
                .questions(QuestionPolicy.askConsumer())
                .build();
    }

    @Test
    void row19QuestionsAndPermissionsArePendingUntilTheyAreAnsweredAndNoLonger() {
        try (Stage stage = Stage.open()) {
            stage.impostor.nextTurn(Answer.script()
                    .askQuestion(Question.of("?", "yes"))
                    .askPermission("bash", "ls")
                    .text("Done."));
            Turn turn = stage.client.start(
                    stage.impostor.openSession("x"),
                    Prompt.of("Hi"),
                    asking(Duration.ofSeconds(5), Duration.ofSeconds(9)));
            Played played = Stage.play(turn, event -> {
                if (event instanceof QuestionAsked asked) {
                    String id = asked.request().id();
                    turn.answer(id, new QuestionReply(List.of(List.of("yes"))));
                    assertThatThrownBy(() -> turn.answer(id, QuestionReply.REJECT))
                            .isInstanceOf(IllegalArgumentException.class);
                } else if (event instanceof PermissionAsked asked) {
                    turn.reply(asked.request().id(), PermissionReply.ONCE);
                }
            });
            assertThat(played.completed().text()).isEqualTo("Done.");
        }
    }

    @Test
    void row20AQuestionDoesNotSuspendTheTimeoutsOfATurnThatIsCutOff() {
        try (Stage stage = Stage.open()) {
            stage.impostor.nextTurn(Answer.script().askQuestion(Question.of("?", "yes")));
            Turn turn = stage.client.start(
                    stage.impostor.openSession("x"),
                    Prompt.of("Hi"),
                    asking(Duration.ofMillis(400), Duration.ofSeconds(20)));
            Played played = Stage.play(turn, event -> {
                        if (event instanceof QuestionAsked) stage.impostor.goDown();
                    })
                    .within(Stage.FAST);
            assertThat(played.failure()).isInstanceOf(IdleTimeout.class);
        }
    }

    @Test
    void row21AQuestionSuspendsTheTimeoutsOfATurnThatHearsTheServer() {
        Impostor impostor = Impostor.builder().heartbeat(Duration.ofMillis(50)).start();
        try (Stage stage = Stage.open(impostor)) {
            stage.impostor.nextTurn(Answer.script()
                    .pause(Duration.ofMillis(1))
                    .askQuestion(Question.of("?", "yes"))
                    .text("Done."));
            Turn turn = stage.client.start(
                    stage.impostor.openSession("x"),
                    Prompt.of("Hi"),
                    asking(Duration.ofSeconds(2), Duration.ofSeconds(2)));
            Played played = Stage.play(turn, event -> {
                if (event instanceof QuestionAsked asked) {
                    // Someone thinks for longer than any of the limits.
                    CompletableFuture.delayedExecutor(3000, TimeUnit.MILLISECONDS)
                            .execute(() ->
                                    turn.answer(asked.request().id(), new QuestionReply(List.of(List.of("yes")))));
                }
            });
            assertThat(played.completed().took()).isGreaterThan(Duration.ofMillis(2900));
        }
    }

    @Test
    void row22AListenerIsOptional() {
        try (Stage stage = Stage.open()) {
            assertThat(stage.client.stream(stage.impostor.openSession("x"), "Hi")
                            .text())
                    .isEqualTo("You said: Hi");
        }
    }

    @Test
    void row23ALoopOverToolsIsOneReplyWithoutRepetitionAndWithoutTheTurnBefore() {
        try (Stage stage = Stage.open()) {
            String session = stage.impostor.openSession("x");
            stage.play(session, "Before").completed();
            stage.impostor.nextTurn(
                    session,
                    Answer.script().tool("skill", "a").tool("task", "b").text("X"));
            stage.impostor.faults().repeat(2);
            Played played = stage.play(session, "Loop").completed();
            assertThat(played.text()).isEqualTo("X");
            assertThat(played.reply().parts().stream()
                            .filter(ToolPart.class::isInstance)
                            .map(part -> ((ToolPart) part).tool()))
                    .containsExactly("skill", "task");
        }
    }

    @Test
    void row24WhatAToolWroteIsInTheReplyOfAStandaloneClient() {
        try (Stage stage = Stage.open()) {
            stage.impostor.nextTurn(Answer.script()
                    .tool(ToolCall.of("write")
                            .input("filePath", "/w/report.md")
                            .input("content", "# Report")
                            .output("Wrote file."))
                    .text("Done."));
            Reply reply = stage.client.stream(stage.impostor.openSession("x"), "Write");
            assertThat(WrittenFiles.of(reply.parts()).artifacts()).hasSize(1).allSatisfy(artifact -> {
                assertThat(artifact.filename()).isEqualTo("report.md");
                assertThat(artifact.contentType()).isEqualTo("text/markdown");
            });
        }
    }

    /** Before the prompt a dead server is told at once; after it the stream is tried again until a limit ends it. */
    @Test
    void row32AServerThatIsGoneIsTriedUntilTheTimeout() {
        try (Stage stage = Stage.open()) {
            stage.impostor.nextTurn(Answer.script().hold("gone"));
            Turn turn = stage.client.start(
                    stage.impostor.openSession("x"),
                    Prompt.of("Hi"),
                    SessionOptions.builder()
                            .timeouts(Stage.LIMITS.withTurn(Duration.ofMillis(2500)))
                            .build());
            stage.impostor.awaitHeld("gone", SOON);
            stage.impostor.goDown();
            assertThat(Stage.play(turn).within(Stage.FAST).failure()).isInstanceOf(DeadlineExceeded.class);
        }
    }

    @Test
    void row33WhatTheListenerThrowsIsThrownOnAsItIs() {
        try (Stage stage = Stage.open()) {
            UncheckedIOException own =
                    new UncheckedIOException("the listener's own", new SocketException("its socket"));
            stage.impostor.nextTurn(Answer.text("Hello").never());
            assertThatThrownBy(() -> stage.client.stream(stage.impostor.openSession("x"), "Hi", event -> {
                        if (event instanceof TextDelta) throw own;
                    }))
                    .isSameAs(own);
            stage.impostor.awaitIdle(SOON);
            assertThat(stage.impostor.timesRun("Hi")).isEqualTo(1);
            assertThat(stage.impostor.requests(STREAMS)).hasSize(1);
        }
    }

    @Test
    void row37AReplyKnowsItsTextAndItsFinishedTools() {
        try (Stage stage = Stage.open()) {
            Played played = stage.play(Answer.text("hi").newPart().text("there").tool("bash", "out"), "Hi")
                    .completed();
            assertThat(played.text()).startsWith("hi\n\nthere");
            assertThat(played.reply().tools()).hasSize(1);
        }
    }
}
