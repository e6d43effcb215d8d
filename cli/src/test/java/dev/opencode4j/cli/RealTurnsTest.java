package dev.opencode4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.core.prompt.Attachment;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ModelRequest;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whole turns by real command lines. */
class RealTurnsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final SessionOptions ALLOWING =
            SessionOptions.builder().permissions(PermissionPolicy.once()).build();

    private static Stream<String> prompts(Real real) {
        return real.model.requests().stream().filter(ModelRequest::isFirstStep).map(ModelRequest::prompt);
    }

    @EachRealVersion
    void rowLiveSimpleAnswerTextStreamsAndASessionRemembers(OpenCodeVersion version) {
        try (Real real = new Real(version);
                OpenCodeCli agent = real.builder().system("You are a test.").build();
                AgentSession session = agent.open(SessionOptions.titled("--a title"))) {
            List<AgentEvent> events = new ArrayList<>();
            TurnResult first = session.run("  first #long=20 of\ntwo \n", events::add);
            assertThat(first.text()).startsWith("word0 word1").contains("word19");
            assertThat(events.get(0)).isInstanceOfSatisfying(TurnStarted.class, started -> {
                assertThat(started.sessionId()).isEqualTo(session.id()).isEqualTo(first.sessionId());
                assertThat(started.messageId()).startsWith("msg_").isEqualTo(first.messageId());
            });
            assertThat(events.stream().filter(TextDelta.class::isInstance)).hasSizeGreaterThan(10);
            assertThat(events.get(events.size() - 1)).isInstanceOf(TurnCompleted.class);
            assertThat(first.usage().output()).isPositive();
            assertThat(first.cost()).isPositive();
            assertThat(prompts(real)).containsExactly("  first #long=20 of\ntwo \n");
            assertThat(real.model.requests().stream()
                            .filter(ModelRequest::isFirstStep)
                            .map(request ->
                                    request.body().path("messages").path(0).toString()))
                    .allMatch(system -> system.contains("You are a test."));

            TurnResult second;
            try (OpenCodeCli other = real.agent();
                    AgentSession resumed = other.resume(session.id(), SessionOptions.DEFAULT)) {
                second = resumed.run("second");
                assertThatThrownBy(() -> other.resume("ses_nobody", SessionOptions.DEFAULT))
                        .isInstanceOf(SessionNotFoundException.class);
            }
            assertThat(second.text()).isEqualTo("You said: second");
            assertThat(second.reply().parts()).hasSize(1);
            assertThat(second.sessionId()).isEqualTo(first.sessionId());
            assertThat(real.model.timesRun("second")).isEqualTo(1);
            assertThat(real.home.processes()).isEmpty();
        }
    }

    @EachRealVersion
    void item18TheModelGetsTheSameBytes(OpenCodeVersion version) {
        String large = "#echo " + "large é🎈\n ".repeat((1 << 20) / 12);
        List<String> prompts = List.of("--help me", "😀🎈", large);
        try (Real real = new Real(version);
                OpenCodeCli agent = real.agent()) {
            for (String prompt : prompts) {
                try (AgentSession session = agent.open(SessionOptions.titled("t"))) {
                    session.run(prompt);
                }
            }
            assertThat(prompts(real).toList()).isEqualTo(prompts);
        }
    }

    @EachRealVersion
    void rowsLiveBadModelAndBogusTokenAndAnUnknownAgentFailInTheirOwnWords(OpenCodeVersion version) {
        try (Real real = new Real(version);
                OpenCodeCli agent = real.agent()) {
            SessionOptions model =
                    SessionOptions.builder().model(Model.of("scripted/nope")).build();
            assertThatThrownBy(() -> agent.open(model).run("x"))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("Model not found: scripted/nope");
            SessionOptions nobody = SessionOptions.builder().agent("nope").build();
            assertThatThrownBy(() -> agent.open(nobody).run("x"))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("nope");
            assertThat(real.model.requests().stream().filter(request -> !request.isTitle()))
                    .isEmpty();
            assertThatThrownBy(() -> agent.open().run("do #status=401"))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("401");
            assertThat(real.model.timesRun("#status=401")).isEqualTo(1);
        }
    }

    @EachRealVersion
    void rowsLiveBashToolRoundTripAndSkipPermissions(OpenCodeVersion version) {
        try (Real real = new Real(version);
                OpenCodeCli agent = real.agent()) {
            TurnResult rejected = partialOf(agent.open(), "do #bash");
            assertThat(rejected.reply().tools())
                    .hasSize(1)
                    .allMatch(tool -> tool.status().equals(ToolStatus.ERROR));
            assertThat(rejected.rejections().permissions())
                    .singleElement()
                    .satisfies(request -> assertThat(request.permission()).isEqualTo("bash"));

            TurnResult allowed = agent.open(ALLOWING).run("do #bash");
            assertThat(allowed.reply().parts()).hasSize(3); // Words, the call with its result, words: in this order.
            assertThat(allowed.reply().finishedTools().get(0).output())
                    .contains("hi from bash")
                    .contains("done");
            assertThat(allowed.text()).endsWith("All done after 1 tools.");
            assertThat(allowed.attempts()).hasSize(1);

            // 1.2 would wait for an answer for ever.
            TurnResult asked = agent.open(ALLOWING).run("do #question");
            assertThat(asked.text()).endsWith("All done after 1 tools.");
        }
    }

    /** A rejected permission ends the turn in one version and is told to the model in another. */
    private static TurnResult partialOf(AgentSession session, String prompt) {
        try {
            return session.run(prompt);
        } catch (AgentException e) {
            return e.partial().orElseThrow();
        }
    }

    @EachRealVersion
    void filesReachTheModelAndAnInterruptedSessionGoesOn(OpenCodeVersion version) {
        try (Real real = new Real(version);
                OpenCodeCli agent = real.agent();
                AgentSession session = agent.open()) {
            Turn turn = session.start("do #hold=stop");
            real.model.awaitHeld("stop", SOON);
            long start = System.nanoTime();
            turn.interrupt();
            assertThatThrownBy(turn::result).isInstanceOf(InterruptedTurnException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            turn.close();
            real.model.awaitAbandoned("#hold=stop", SOON);
            assertThat(real.home.processes()).isEmpty();

            Attachment file =
                    Attachment.of("note.txt", "text/plain", "kiwi-in-a-file".getBytes(StandardCharsets.UTF_8));
            TurnResult next =
                    session.run(Prompt.builder("what is in it?").attach(file).build(), event -> {});
            assertThat(next.text()).isNotEmpty();
            assertThat(real.model.requests().stream()
                            .map(request -> request.body().toString()))
                    .anyMatch(body -> body.contains("kiwi-in-a-file") && body.contains("what is in it?"));
        }
    }
}
