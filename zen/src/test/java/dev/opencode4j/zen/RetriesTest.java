package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.work.RetryPolicy;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.zen.tool.FunctionTool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RetriesTest {

    /** Chooses what sends the requests. */
    ZenBuilder overTransport(ZenBuilder builder) {
        return builder;
    }

    private static Peer.Scene busy(int status) {
        return Peer.refusing(status, "{\"error\":{\"message\":\"busy\"}}");
    }

    @Test
    void twiceByDefaultAndEachIsTold() {
        try (Rig rig = Rig.with(this::overTransport, busy(500), busy(502), Peer.saying("there"))) {
            Played played = rig.play("Hi");
            TurnResult result = played.completed();
            assertThat(result.text()).isEqualTo("there");
            assertThat(played.all(Retrying.class))
                    .extracting(Retrying::attempt, Retrying::message)
                    .containsExactly(tuple(1, "busy"), tuple(2, "busy"));
            assertThat(played.all(Retrying.class).get(0).next())
                    .isBefore(Instant.now().plusSeconds(5));
            assertThat(result.attempts()).hasSize(3);
            assertThat(result.attempts().get(1).error()).isEqualTo("busy");
            assertThat(result.attempts().get(2).error()).isNull();
        }
    }

    /** Some servers say so to a connection that was idle, and may say it while the next request is on its way. */
    @Test
    void aRequestThatTheServerDidNotWaitForIsSentAgain() {
        try (Rig rig = Rig.with(this::overTransport, busy(408), Peer.saying("there"))) {
            assertThat(rig.play("Hi").completed().text()).isEqualTo("there");
        }
    }

    @Test
    void theLastFailureIsToldAtOnceWithAllAttempts() {
        try (Rig rig = Rig.with(this::overTransport, busy(500))) {
            ServerException error = rig.play("Hi").failed(ServerException.class);
            assertThat(rig.peer.received()).hasSize(3);
            assertThat(rig.pauses).hasSize(2);
            assertThat(error.partial().orElseThrow().attempts()).hasSize(3);
            assertThat(error.isRetryable()).isTrue();
        }
    }

    @Test
    void noneIsNone() {
        try (Rig rig = Rig.with(settings -> overTransport(settings).retry(RetryPolicy.NONE), busy(503))) {
            rig.play("Hi").failed(ServerException.class);
            assertThat(rig.peer.received()).hasSize(1);
            assertThat(rig.pauses).isEmpty();
        }
    }

    @Test
    void aConnectionThatBreaksBeforeTheFirstByteIsTriedAgain() {
        Peer.Scene reset = stage -> stage.reset();
        Peer.Scene silentEnd = stage -> {};
        try (Rig rig = Rig.with(this::overTransport, reset, silentEnd, Peer.saying("there"))) {
            assertThat(rig.play("Hi").completed().text()).isEqualTo("there");
        }
        try (Rig rig = Rig.with(this::overTransport, reset)) {
            rig.play("Hi").failed(ConnectionException.class);
            assertThat(rig.peer.received()).hasSize(3);
        }
    }

    @Test
    void neverPastTheDeadline() {
        List<Duration> pauses = new CopyOnWriteArrayList<>();
        RetryPolicy steep = RetryPolicy.DEFAULT.withRetries(1000).withBase(Duration.ofSeconds(100));
        try (Rig rig = Rig.with(settings -> overTransport(settings).retry(steep).pause(pauses::add), busy(500))) {
            rig.play("Hi").failed(ServerException.class);
            assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofMinutes(10)) < 0);
        }
        try (Rig rig = Rig.with(this::overTransport, Peer.refusing(503, "{}", "Retry-After: 601"))) {
            rig.play("Hi").failed(ServerException.class);
            assertThat(rig.peer.received()).hasSize(1);
        }
    }

    @Test
    void aRetryInALaterRoundKeepsWhatCameBefore() {
        Peer.Scene call = stage -> {
            stage.stream();
            stage.say("Let me see.");
            stage.frame("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":"
                    + "{\"name\":\"now\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}");
            stage.done();
        };
        FunctionTool now = FunctionTool.of("now", "the time", Json.EMPTY, arguments -> "noon");
        try (Rig rig = Rig.with(settings -> overTransport(settings).tool(now), call, busy(503), Peer.saying("Noon."))) {
            TurnResult result = rig.play("When?").completed();
            assertThat(result.text()).isEqualTo("Let me see.\n\nNoon.");
            assertThat(rig.peer.received()).hasSize(3);
        }
    }

    @Test
    void theScriptedModelsRetryAfterIsWaitedFor() {
        try (ScriptedModel model = ScriptedModel.start();
                Zen zen = overTransport(Rig.once(model.baseUri()))
                        .retry(RetryPolicy.DEFAULT.withRetries(1))
                        .build();
                ZenSession session = zen.open()) {
            long start = System.nanoTime();
            Played played = Played.of(session.start("#status=429"));
            assertThat(played.all(Retrying.class)).hasSize(1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
            assertThat(model.timesRun("#status=429")).isEqualTo(2);
        }
    }
}
