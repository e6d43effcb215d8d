package dev.opencode4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.Attempt;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.core.work.RetryPolicy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The defects that a command line agent was seen to have elsewhere, item by item of their list: this one has none. */
class DefectsTest {

    private static final RetryPolicy AT_ONCE =
            RetryPolicy.rerun(2).withBase(Duration.ofMillis(1)).withCap(Duration.ofMillis(1));

    @TempDir
    Path folder;

    private Fake fake() {
        return new Fake(folder);
    }

    private static TurnResult run(Fake fake) {
        try (OpenCodeCli agent = fake.agent();
                AgentSession session = agent.open()) {
            return session.run("hi");
        }
    }

    private static AgentException failure(Fake fake, RetryPolicy policy) {
        try (OpenCodeCli agent = fake.builder().retry(policy).build();
                AgentSession session = agent.open()) {
            AgentException failure = catchThrowableOfType(AgentException.class, () -> session.run("hi"));
            assertThat(failure).isNotNull();
            return failure;
        }
    }

    private static TurnResult partial(AgentException failure) {
        return failure.partial().orElseThrow();
    }

    @Test
    void items01and02AServersErrorReachesTheCallerWithAllAttemptsAndNoPauseAfterTheLast() {
        Fake fake = fake().prints(Lines.error(Lines.apiError(503, "overloaded")))
                .exports(Lines.failed(Lines.apiError(503, "overloaded")));
        List<AgentEvent> events = new ArrayList<>();
        try (OpenCodeCli agent = fake.builder().retry(AT_ONCE).build();
                AgentSession session = agent.open()) {
            AgentException failure = catchThrowableOfType(AgentException.class, () -> session.run("hi", events::add));
            assertThat(failure).isInstanceOf(ServerException.class).hasMessageContaining("overloaded");
            assertThat(partial(failure).attempts())
                    .hasSize(3)
                    .allSatisfy(attempt -> assertThat(attempt.error()).contains("overloaded"));
            assertThat(partial(failure).text()).isEqualTo("partial");
        }
        assertThat(events.stream().filter(Retrying.class::isInstance)).hasSize(2);
        assertThat(events.stream().filter(TurnStarted.class::isInstance)).hasSize(1);
        assertThat(fake.runs()).hasSize(3);
    }

    @Test
    @SuppressWarnings("NullAway") // What a caller without a checker can do.
    void item03NothingIsStartedForABadArgument() {
        Fake fake = fake();
        try (OpenCodeCli agent = fake.agent();
                AgentSession session = agent.open()) {
            assertThatThrownBy(() -> session.start((Prompt) null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> session.start(" ")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> agent.open(null)).isInstanceOf(NullPointerException.class);
        }
        assertThat(fake.runs()).isEmpty();
    }

    @Test
    void item04AnExportThatFailsIsTriedAgainAloneAndTheAgentIsNot() {
        Fake fake = fake();
        fake.prints(Lines.text("prt_1", "hello"), Lines.step("prt_2", "stop"))
                .export("if [ $N = 1 ]; then echo broken; exit 0; fi; if [ $N = 2 ]; then exit 7; fi; "
                        + fake.cat("exported", Lines.answered("hello, all")));
        TurnResult result = run(fake);
        assertThat(result.text()).isEqualTo("hello, all");
        assertThat(fake.runs()).hasSize(1);
        assertThat(fake.exports()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo broken", "exit 7", "echo []", "echo '{\"messages\":5}'", "kill -9 $$"})
    void item04ATurnWhoseStreamIsWholeCompletesWithoutAnExport(String export) {
        Fake fake = fake().prints(Lines.text("prt_1", "hello"), Lines.step("prt_2", "stop"))
                .export(export);
        List<AgentEvent> events = new ArrayList<>();
        try (OpenCodeCli agent = fake.builder().retry(AT_ONCE).build();
                AgentSession session = agent.open()) {
            TurnResult result = session.run("hi", events::add);
            assertThat(result.text()).isEqualTo("hello");
            assertThat(result.cost()).isEqualByComparingTo("0.5");
        }
        assertThat(events.stream().filter(ErrorReported.class::isInstance)).hasSize(1);
        assertThat(fake.runs()).hasSize(1);
        assertThat(fake.exports()).hasSize(3);
    }

    @Test
    void item04AHalfStreamWithoutAnExportIsAFailureThatSaysWhy() {
        Fake fake = fake().prints(Lines.text("prt_1", "hello"), Lines.step("prt_2", "tool-calls"))
                .export("echo broken");
        AgentException failure = failure(fake, RetryPolicy.NONE);
        assertThat(failure).isInstanceOf(ProtocolException.class).hasMessageContaining("export");
        assertThat(partial(failure).text()).isEqualTo("hello");
        assertThat(fake.runs()).hasSize(1);
    }

    @Test
    void item05AnEmptyAnswerIsAnAnswer() {
        Fake fake = fake().prints(Lines.step("prt_2", "stop"))
                .exports(Lines.session(
                        Lines.user("msg_1", "hi"),
                        Lines.message(
                                Lines.assistant("msg_2", "msg_1", ",\"finish\":\"stop\""),
                                Lines.storedStep("prt_2", "msg_2", "stop"))));
        TurnResult result = run(fake);
        assertThat(result.text()).isEmpty();
        assertThat(result.usage().input()).isEqualTo(10);
        assertThat(fake.runs()).hasSize(1);
    }

    @Test
    void items06and33AMissingProgramFailsAtOnceAndSaysSo() {
        try (OpenCodeCli agent = OpenCodeCli.builder()
                        .binary(folder.resolve("nothing-here"))
                        .build();
                AgentSession session = agent.open()) {
            assertThatThrownBy(() -> session.run("hi"))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("nothing-here");
        }
    }

    @Test
    void item06AnUnknownModelIsNotTriedAgain() {
        Fake fake = fake().prints(
                        Lines.error(Lines.named("UnknownError", "Model not found: a/b.")),
                        Lines.error(
                                Lines.named("UnknownError", "Unexpected server error. Check server logs for details.")))
                .exports(Lines.session(Lines.user("msg_1", "hi")));
        assertThat(failure(fake, AT_ONCE))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("Model not found: a/b");
        assertThat(fake.runs()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ContextOverflowError", "MessageOutputLengthError"})
    void item07AnOutputLimitIsToldWithItsTextAndNeverTriedAgain(String name) {
        Fake fake = fake().prints(Lines.text("prt_1", "partial"))
                .exports(Lines.failed("{\"name\":\"" + name + "\",\"data\":{}}"));
        AgentException failure = failure(fake, AT_ONCE);
        assertThat(failure)
                .isInstanceOfSatisfying(
                        OutputLimitException.class,
                        limit -> assertThat(limit.partialText()).isEqualTo("partial"));
        assertThat(fake.runs()).hasSize(1);
    }

    @Test
    void item08NoRetriesMeansOneRun() {
        Fake fake = fake().prints(Lines.tapped("hello").toArray(String[]::new));
        try (OpenCodeCli agent = fake.builder().retry(RetryPolicy.rerun(0)).build()) {
            assertThat(agent.open().run("hi").text()).isEqualTo("hello");
        }
        assertThat(fake.runs()).hasSize(1);
    }

    @Test
    void item13OddTypesInAnErrorAreTakenAsTheyCome() {
        Fake fake = fake().prints(
                        Lines.error(
                                "{\"name\":\"APIError\",\"data\":{\"message\":[\"odd\"],\"statusCode\":\"five\",\"responseHeaders\":7}}"))
                .exports(Lines.session(Lines.user("msg_1", "hi")));
        assertThat(failure(fake, RetryPolicy.NONE)).isInstanceOf(ServerException.class);
        Fake other = new Fake(folder).prints(Lines.error("{\"name\":\"APIError\",\"data\":\"just words\"}"));
        assertThat(failure(other, RetryPolicy.NONE)).hasMessageContaining("just words");
    }

    @Test
    void item14LinesThatAreNoEventsAreNoiseAndNoSessionIsMadeOfThem() {
        List<String> lines =
                new ArrayList<>(List.of("[]", "5", "null", "\"ses_99\"", "{", "{}", "{\"type\":7}", "not ses_77 json"));
        lines.addAll(Lines.tapped("hello ses_88"));
        lines.add(4, "{\"type\":\"text\",\"part\":5}");
        Fake fake = fake().prints(lines.toArray(String[]::new));
        assertThat(run(fake)).satisfies(result -> {
            assertThat(result.sessionId()).isEqualTo("ses_1");
            assertThat(result.text()).isEqualTo("hello ses_88");
        });
        Fake none = new Fake(folder).prints("words with ses_77 in them");
        assertThat(failure(none, RetryPolicy.NONE))
                .isInstanceOf(ServerException.class)
                .satisfies(failure -> assertThat(partial(failure).sessionId()).isEmpty());
    }

    @Test
    void items15and16ARunThatRecoversFromAnErrorSucceeds() {
        Fake fake = fake().prints(
                        Lines.error(Lines.apiError(500, "for a moment")),
                        Lines.text("prt_1", "better"),
                        Lines.step("prt_2", "stop"))
                .exports(Lines.session(
                        Lines.user("msg_1", "hi"),
                        Lines.message(
                                Lines.assistant("msg_0", "msg_1", ",\"error\":" + Lines.apiError(500, "for a moment"))),
                        Lines.message(
                                Lines.assistant("msg_2", "msg_1", ",\"finish\":\"stop\""),
                                Lines.storedText("prt_1", "msg_2", "better"))));
        List<AgentEvent> events = new ArrayList<>();
        try (OpenCodeCli agent = fake.builder().retry(AT_ONCE).build();
                AgentSession session = agent.open()) {
            assertThat(session.run("hi", events::add).text()).isEqualTo("better");
        }
        assertThat(events.stream().filter(ErrorReported.class::isInstance)).hasSize(1);
        assertThat(fake.runs()).hasSize(1);
    }

    @Test
    void item17ABadExitCodeLosesNeitherTextNorTokensNorCost() {
        Fake fake = fake();
        fake.run(fake.cat("printed", Lines.text("prt_1", "par")) + "; echo broke down >&2; exit 9")
                .exports(Lines.session(
                        Lines.user("msg_1", "hi"),
                        Lines.message(
                                Lines.assistant("msg_2", "msg_1", ""),
                                Lines.storedText("prt_1", "msg_2", "partial"),
                                Lines.storedStep("prt_2", "msg_2", "tool-calls"))));
        AgentException failure = failure(fake, RetryPolicy.NONE);
        assertThat(failure).isInstanceOf(ServerException.class).hasMessageContaining("broke down");
        assertThat(failure.where().orElseThrow().status()).isEqualTo(9);
        assertThat(partial(failure).text()).isEqualTo("partial");
        assertThat(partial(failure).cost()).isEqualByComparingTo("0.5");
        assertThat(partial(failure).usage().total()).isEqualTo(21);
    }

    @Test
    void item19TheExportHasTheConfigurationThatTheRunHad() {
        Fake fake = fake().prints(Lines.step("prt_2", "stop")).exports(Lines.answered("x"));
        try (OpenCodeCli agent = fake.builder()
                .provider(CustomProvider.builder("mine")
                        .models(List.of("m"))
                        .apiKey("k-secret-k")
                        .build())
                .build()) {
            agent.open().run("hi");
        }
        assertThat(fake.variable("export", "OPENCODE_CONFIG_CONTENT")).contains("\"mine\"");
        assertThat(fake.variable("run", "OPENCODE_CONFIG_CONTENT")).contains("\"mine\"", "tap.js");
        assertThat(fake.variable("export", "OPENCODE_CONFIG"))
                .isEqualTo(System.getenv().getOrDefault("OPENCODE_CONFIG", ""));
    }

    @Test
    void item20AHomeOfItsOwnKeepsTheUsersConfigurationOut() {
        Fake fake = fake().prints(Lines.tapped("x").toArray(String[]::new));
        Path home = folder.resolve("home");
        try (OpenCodeCli agent = fake.builder().home(home).build()) {
            agent.open().run("hi");
        }
        assertThat(fake.variable("run", "HOME")).isEqualTo(home.toString());
        assertThat(fake.variable("run", "XDG_CONFIG_HOME")).isEmpty();
    }

    @Test
    void item23OneDeadlineCoversAllAttempts() {
        Fake fake = fake().run("sleep 0.3; exit 3");
        SessionOptions options = SessionOptions.builder()
                .timeouts(Timeouts.DEFAULT.withTurn(Duration.ofSeconds(3)))
                .build();
        RetryPolicy policy =
                RetryPolicy.rerun(1000).withBase(Duration.ofMillis(50)).withCap(Duration.ofMillis(50));
        try (OpenCodeCli agent = fake.builder().retry(policy).build();
                AgentSession session = agent.open(options)) {
            long start = System.nanoTime();
            Turn turn = session.start("hi");
            assertThatThrownBy(turn::result).isInstanceOf(AgentException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
        assertThat(fake.runs().size()).isBetween(1, 100);
    }

    @Test
    void item24NeitherTheLocaleNorBrokenBytesMatter() {
        Fake fake = fake();
        List<String> lines = new ArrayList<>(Lines.tapped("héllo 🌍 日本語"));
        fake.run("printf '\\377\\376 broken\\n'; " + fake.cat("printed", lines.toArray(String[]::new)));
        try (OpenCodeCli agent = fake.builder().environment("LC_ALL", "C").build()) {
            assertThat(agent.open().run("schön 🎈").text()).isEqualTo("héllo 🌍 日本語");
        }
        assertThat(fake.lines("stdin")).containsExactly("schön 🎈");
    }

    @Test
    void item26TheTextOfAnEarlierTurnIsNoAnswerToThisOne() {
        Fake fake = fake().prints(Lines.step("prt_2", "stop"))
                .exports(Lines.session(
                        Lines.message(
                                "{\"id\":\"msg_a\",\"sessionID\":\"ses_1\",\"role\":\"user\",\"time\":{\"created\":1}}"),
                        Lines.message(
                                Lines.assistant("msg_b", "msg_a", ",\"finish\":\"stop\""),
                                Lines.storedText("prt_b", "msg_b", "the earlier answer")),
                        Lines.user("msg_1", "hi"),
                        Lines.message(
                                Lines.assistant("msg_2", "msg_1", ",\"finish\":\"stop\""),
                                Lines.storedStep("prt_2", "msg_2", "stop"))));
        assertThat(run(fake).text()).isEmpty();
    }

    @Test
    void item27WhatFailedAttemptsUsedIsCounted() {
        Fake fake = fake();
        fake.run("if [ $N = 1 ]; then "
                        + fake.cat("one", Lines.step("prt_8", "stop"), Lines.error(Lines.apiError(500, "no")))
                        + "; else " + fake.cat("two", Lines.step("prt_2", "stop"), Lines.text("prt_1", "yes")) + "; fi")
                .export("if [ $(wc -l < \"$DIR/runs\") = 1 ]; then "
                        + fake.cat("e1", Lines.failed(Lines.apiError(500, "no"))) + "; else "
                        + fake.cat("e2", Lines.answered("yes")) + "; fi");
        try (OpenCodeCli agent = fake.builder().retry(AT_ONCE).build()) {
            TurnResult result = agent.open().run("hi");
            assertThat(result.text()).isEqualTo("yes");
            assertThat(result.attempts()).extracting(Attempt::error).containsExactly("APIError: no", null);
            assertThat(result.cost()).isGreaterThan(new BigDecimal("0.5"));
            assertThat(result.usage().output()).isGreaterThanOrEqualTo(10);
        }
        assertThat(fake.runs().get(1)).contains("--session=ses_1");
    }

    @Test
    void item28EveryCommandIsToldOfFromItsBeginningToItsEndAlsoWhenItFails() {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        Instrumentation watcher = (name, payload) -> {
            told.add("begin " + name + payload);
            return error -> told.add("end " + name + (error == null ? "" : " failed"));
        };
        Fake fake = fake().run("exit 3");
        try (OpenCodeCli agent = fake.builder().instrumentation(watcher).build()) {
            assertThatThrownBy(() -> agent.open().run("hi")).isInstanceOf(ServerException.class);
        }
        assertThat(told).containsExactly("begin opencode.run" + Map.of("attempt", 1), "end opencode.run failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 3", "exit 0", "kill -9 $$"})
    void item31AnAgentIsNeverRunAgainByItself(String run) {
        Fake fake = fake().run(run);
        assertThat(failure(fake, RetryPolicy.DEFAULT)).isInstanceOf(ServerException.class);
        assertThat(fake.runs()).hasSize(1);
    }

    @Test
    void item34WhatARunUsedComesWithItsResult() {
        TurnResult result = run(fake().prints(Lines.text("prt_1", "x")).exports(Lines.answered("x")));
        assertThat(result.usage().input()).isEqualTo(10);
        assertThat(result.usage().cacheRead()).isEqualTo(2);
        assertThat(result.cost()).isEqualByComparingTo("0.5");
        assertThat(result.attempts()).hasSize(1);
    }
}
