package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.work.RetryPolicy;
import dev.opencode4j.zen.tool.FunctionTool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The 31 defects of the chat backend that this one has to better, each by its number, and that we do not have it. */
class ChimeraDefectsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Peer.Scene busy() {
        return Peer.refusing(503, "{\"error\":{\"message\":\"busy\"}}");
    }

    private static Rig waitingForReal(Peer.Scene... scenes) {
        return Rig.with(settings -> settings.pause(length -> Thread.sleep(60_000)), scenes);
    }

    private static List<String> roles(JsonNode request) {
        List<String> roles = new ArrayList<>();
        for (JsonNode message : request.path("messages")) {
            roles.add(message.path("role").asString());
        }
        return roles;
    }

    @Test
    void item01AnInterruptIsHeardDuringBackOff() {
        try (Rig rig = waitingForReal(busy())) {
            Turn turn = rig.session.start("Hi");
            turn.forEach(event -> {
                if (event instanceof Retrying) turn.interrupt();
            });
            long start = System.nanoTime();
            assertThatThrownBy(turn::result).isInstanceOf(InterruptedTurnException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SECOND);
            assertThat(rig.peer.received()).hasSize(1);
        }
    }

    @Test
    void item02TheDeadlineIsHeardDuringBackOff() {
        try (Rig rig = Rig.within(limits -> limits.withTurn(SECOND), busy());
                Zen patient = Zen.builder()
                        .provider(ZenProvider.at(rig.peer.baseUrl()))
                        .retry(RetryPolicy.DEFAULT.withBase(Duration.ofMillis(1)))
                        .pause(length -> Thread.sleep(60_000))
                        .build()) {
            Turn turn = patient.open(SessionOptions.builder()
                            .timeouts(Timeouts.DEFAULT.withTurn(SECOND))
                            .build())
                    .start("Hi");
            Played played = Played.of(turn);
            assertThat(played.all(Retrying.class)).hasSize(1);
            played.failed(DeadlineExceeded.class);
        }
    }

    @Test
    void item03OneDeadlineForTheWholeTurn() {
        Peer.Scene slowly = stage -> {
            Thread.sleep(600);
            stage.stream();
            stage.say("a");
            stage.hold();
        };
        try (Rig rig = Rig.within(limits -> limits.withTurn(SECOND), slowly)) {
            Instant start = Instant.now();
            rig.play("Hi").failed(DeadlineExceeded.class);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMillis(1900));
        }
    }

    @Test
    void item04InterruptAndDeadlineCoverWholeBodiesAndErrorBodies() {
        Peer.Scene half = stage -> {
            stage.head(200, "application/json");
            stage.text("{\"choices\":[");
            stage.hold();
        };
        Peer.Scene halfAnError = stage -> {
            stage.head(500, "application/json");
            stage.text("{\"error\":");
            stage.hold();
        };
        try (Rig rig = Rig.within(limits -> limits.withTurn(SECOND), half, halfAnError)) {
            rig.play("a whole body").failed(DeadlineExceeded.class);
            rig.play("an error body").failed(DeadlineExceeded.class);
        }
        try (Rig rig = Rig.playing(half, halfAnError)) {
            for (int requests = 1; requests <= 2; requests++) {
                Turn turn = rig.session.start("Hi");
                int seen = requests;
                await().until(() -> rig.peer.received().size() == seen);
                turn.interrupt();
                Played.of(turn).interrupted();
            }
        }
    }

    @Test
    void item05ATurnFreesItsOwnPlaceOnly() {
        Peer.Scene holding = stage -> {
            stage.stream();
            stage.say("a");
            stage.hold();
        };
        try (Rig rig = Rig.playing(holding, Peer.saying("second"))) {
            Turn first = rig.session.start("one");
            await().until(() -> rig.peer.received().size() == 1);
            first.interrupt();
            Played.of(first).interrupted();
            Turn second = rig.session.start("two");
            first.interrupt();
            first.close();
            assertThat(Played.of(second).completed().text()).isEqualTo("second");
        }
    }

    @Test
    void item06And07OneSeriesOfPausesForAllCausesAndNoOverflow() {
        Peer.Scene reset = stage -> stage.reset();
        try (Rig rig = Rig.with(settings -> settings.retry(RetryPolicy.DEFAULT.withRetries(40)), busy())) {
            rig.play("Hi").failed(ServerException.class);
            assertThat(rig.pauses).hasSize(40).allMatch(pause -> pause.compareTo(Duration.ofMinutes(2)) <= 0);
            assertThat(rig.pauses.get(0)).isLessThanOrEqualTo(Duration.ofSeconds(5));
            assertThat(rig.pauses.get(1)).isLessThanOrEqualTo(Duration.ofSeconds(10));
        }
        try (Rig rig = Rig.playing(reset, reset, Peer.saying("there"))) {
            assertThat(rig.play("Hi").completed().text()).isEqualTo("there");
            assertThat(rig.pauses.get(0)).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(5));
            assertThat(rig.pauses.get(1)).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    void item08RetryAfterIsKeptToInAllItsForms() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(200));
        try (Rig rig = Rig.with(
                settings -> settings.retry(RetryPolicy.DEFAULT.withRetries(5)),
                Peer.refusing(429, "{}", "Retry-After: 300"),
                Peer.refusing(503, "{}", "Retry-After: 1.5"),
                Peer.refusing(429, "{}", "Retry-After: " + date),
                Peer.refusing(429, "{}"),
                Peer.saying("there"))) {
            rig.play("Hi").completed();
            assertThat(rig.pauses.get(0)).isBetween(Duration.ofSeconds(290), Duration.ofMinutes(5));
            assertThat(rig.pauses.get(1)).isBetween(Duration.ZERO, Duration.ofMillis(1500));
            assertThat(rig.pauses.get(2)).isBetween(Duration.ofSeconds(185), Duration.ofSeconds(200));
            assertThat(rig.pauses.get(3)).isLessThanOrEqualTo(Duration.ofSeconds(40));
        }
        try (Rig rig = Rig.playing(Peer.refusing(429, "{}", "Retry-After: 3600"))) {
            RateLimitException error = rig.play("past the deadline").failed(RateLimitException.class);
            assertThat(error.resetAt()).isAfter(Instant.now().plusSeconds(3500));
            assertThat(rig.peer.received()).hasSize(1);
        }
    }

    @Test
    void item09PausesAreShortenedAtRandomAndBounded() {
        Set<Duration> first = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            try (Rig rig = Rig.playing(busy(), Peer.saying("there"))) {
                rig.play("Hi").completed();
                first.add(rig.pauses.get(0));
            }
        }
        assertThat(first).hasSizeGreaterThan(5);
    }

    @Test
    void item10AFailedTurnWasNeverSaid() {
        Peer.Scene bad = Peer.refusing(400, "{\"error\":{\"message\":\"no\"}}");
        try (Rig rig = Rig.playing(Peer.saying("one"), bad, Peer.saying("three"))) {
            rig.play("first").completed();
            rig.play("second").failed(AgentException.class);
            rig.play("third").completed();
            JsonNode last = rig.peer.request(2);
            assertThat(roles(last)).containsExactly("user", "assistant", "user");
            assertThat(last.toString()).doesNotContain("second");
        }
    }

    @Test
    void item11WhatBrokeOffIsInTheResultAndNotInTheHistory() {
        Peer.Scene broken = stage -> {
            stage.stream();
            stage.say("half of it");
        };
        try (Rig rig = Rig.playing(broken, Peer.saying("whole"))) {
            ServerException error = rig.play("first").failed(ServerException.class);
            assertThat(error.partial().orElseThrow().text()).isEqualTo("half of it");
            rig.play("second").completed();
            assertThat(roles(rig.peer.request(1))).containsExactly("user");
        }
    }

    @Test
    void item12CallsAreKeptAndOneChoiceCounts() {
        Peer.Scene call = stage -> {
            stage.stream();
            stage.frame("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":"
                    + "{\"name\":\"now\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}");
            stage.done();
        };
        Peer.Scene choices = stage -> {
            stage.stream();
            stage.frame("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"other\"}},"
                    + "{\"index\":0,\"delta\":{\"content\":\"mine\"}}]}");
            stage.frame("{\"choices\":[{\"delta\":{\"content\":\"theirs\"},\"index\":1,\"finish_reason\":\"stop\"}]}");
            stage.finish("stop");
            stage.done();
        };
        FunctionTool now = FunctionTool.of("now", "the time", Json.EMPTY, arguments -> "noon");
        try (Rig rig = Rig.with(settings -> settings.tool(now), call, choices, Peer.saying("bye"))) {
            assertThat(rig.play("When?").completed().text()).isEqualTo("mine");
            rig.play("And now?").completed();
            assertThat(roles(rig.peer.request(2))).containsExactly("user", "assistant", "tool", "assistant", "user");
        }
    }

    @Test
    void item13CharactersMayBeCutAnywhere() {
        String chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"🌍é日\"}}]}\n\n";
        Peer.Scene cutting = stage -> {
            stage.stream();
            for (byte one : chunk.getBytes(StandardCharsets.UTF_8)) stage.raw(new byte[] {one});
            stage.finish("stop");
            stage.done();
        };
        try (Rig rig = Rig.playing(cutting)) {
            assertThat(rig.play("Hi").completed().text()).isEqualTo("🌍é日");
        }
    }

    @Test
    void item14TheWholeGrammarOfEventStreams() {
        Peer.Scene odd = stage -> {
            stage.stream();
            stage.text("\uFEFF: a comment\r\nid: 7\revent: x\nretry: 5\n");
            stage.text("data:{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\r\n\r\n");
            stage.text("data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"b\"}}]}\r\r");
            stage.text("data:  {\"choices\":[{\"delta\":{\"content\":\"c\"},\"finish_reason\":\"stop\"}]}\n\n");
            stage.text("data:  [DONE] \n\n");
        };
        try (Rig rig = Rig.playing(odd)) {
            assertThat(rig.play("Hi").completed().text()).isEqualTo("abc");
        }
    }

    @Test
    void item15WhatIsNoAnswerFails() {
        Peer.Scene malformed = stage -> {
            stage.stream();
            stage.say("a");
            stage.frame("{\"choices\":[");
            stage.hold();
        };
        Peer.Scene error = stage -> {
            stage.stream();
            stage.frame("{\"error\":{\"message\":\"the model fell over\",\"code\":502}}");
            stage.hold();
        };
        Peer.Scene page = stage -> {
            stage.head(200, "text/html");
            stage.text("<!doctype html><p>Sign in</p>");
        };
        Peer.Scene json = stage -> {
            stage.head(200, "application/json");
            stage.text("{\"error\":{\"message\":\"no such model here\"}}");
        };
        try (Rig rig = Rig.playing(malformed, error, page, json)) {
            assertThat(rig.play("1").failed(ProtocolException.class).raw()).isEqualTo("{\"choices\":[");
            assertThat(rig.play("2").failed(ServerException.class).reason()).isEqualTo("the model fell over");
            assertThat(rig.play("3").failed(ProtocolException.class).raw()).startsWith("<!doctype");
            assertThat(rig.play("4").failed(ServerException.class).reason()).isEqualTo("no such model here");
            assertThat(rig.peer.received()).hasSize(4);
        }
    }

    @Test
    void item16AnEndBeforeAFinishIsAFailure() {
        Peer.Scene ended = stage -> {
            stage.stream();
            stage.say("a");
        };
        Peer.Scene doneOnly = stage -> {
            stage.stream();
            stage.say("a");
            stage.done();
        };
        Peer.Scene nothing = Peer.Stage::stream;
        try (Rig rig = Rig.playing(ended, doneOnly, nothing)) {
            for (int i = 0; i < 3; i++) {
                assertThat(rig.play("Hi").failed(ServerException.class)).hasMessageContaining("before its finish");
            }
        }
    }
}
