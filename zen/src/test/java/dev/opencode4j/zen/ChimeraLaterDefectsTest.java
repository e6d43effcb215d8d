package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.IdleTimeout;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Attachment;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.Usage;
import dev.opencode4j.core.work.RetryPolicy;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The later half of the defects in {@link ChimeraDefectsTest}. */
class ChimeraLaterDefectsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void item17AFinishIsEnough() {
        Peer.Scene silent = stage -> {
            stage.stream();
            stage.say("all of it");
            stage.finish("stop");
            stage.hold();
        };
        try (Rig rig = Rig.playing(silent)) {
            Instant start = Instant.now();
            assertThat(rig.play("Hi").completed().text()).isEqualTo("all of it");
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
            await().until(() -> rig.peer.ended() == 1);
        }
    }

    @Test
    void item18SilenceHasALimitOfItsOwnAndCommentsBreakIt() {
        Peer.Scene alive = stage -> {
            stage.stream();
            for (int i = 0; i < 8; i++) {
                Thread.sleep(300);
                stage.text(": still here\n\n");
            }
            stage.say("at last");
            stage.finish("stop");
            stage.done();
        };
        Peer.Scene dead = stage -> {
            stage.stream();
            stage.say("a");
            stage.hold();
        };
        try (Rig rig = Rig.within(limits -> limits.withIdle(SECOND.plusMillis(500)), alive, dead)) {
            assertThat(rig.play("Hi").completed().text()).isEqualTo("at last");
            rig.play("Hi").failed(IdleTimeout.class);
        }
    }

    @Test
    void item19UsageIsAskedForAndTakenAfterTheFinish() {
        Peer.Scene counted = stage -> {
            stage.stream();
            stage.say("a");
            stage.finish("stop");
            stage.frame("{\"choices\":[],\"usage\":{\"prompt_tokens\":50,\"completion_tokens\":9,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":20},\"cost\":0.25}}");
            stage.done();
        };
        try (Rig rig = Rig.playing(counted)) {
            Played played = rig.play("Hi");
            assertThat(played.completed().usage()).isEqualTo(new Usage(30, 9, 0, 20, 0));
            assertThat(played.completed().cost()).isEqualByComparingTo("0.25");
            assertThat(played.all(StepFinished.class)).hasSize(1);
            assertThat(rig.peer.request(0).at("/stream_options/include_usage").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void item20TheSchemaGoesInItsEnvelope() {
        Json schema =
                Json.parse("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"],"
                        + "\"additionalProperties\":false}");
        try (Rig rig = Rig.playing(Peer.saying("{\"a\":", "42}"))) {
            Played played = rig.play(Prompt.builder("Hi").schema(schema).build());
            assertThat(played.completed().structured()).isEqualTo(Json.parse("{\"a\":42}"));
            JsonNode envelope = rig.peer.request(0).at("/response_format/json_schema");
            assertThat(envelope.path("name").asString()).isEqualTo("answer");
            assertThat(envelope.path("schema")).isEqualTo(schema.node());
            assertThat(envelope.path("strict").asBoolean()).isTrue();
        }
    }

    @Test
    void item21ImagesAreSentAndOtherFilesRefused() {
        Attachment image = Attachment.of("dot.png", "image/png", new byte[] {1, 2, 3});
        try (Rig rig = Rig.playing(Peer.saying("a dot"))) {
            rig.play(Prompt.builder("").attach(image).build()).completed();
            JsonNode content = rig.peer.request(0).at("/messages/0/content");
            assertThat(content).hasSize(1);
            assertThat(content.at("/0/image_url/url").asString()).isEqualTo("data:image/png;base64,AQID");
            Attachment file = Attachment.of("a.pdf", "application/pdf", new byte[] {1});
            Attachment local = new Attachment("b.png", "image/png", URI.create("file:///b.png"));
            for (Attachment other : List.of(file, local)) {
                assertThatThrownBy(() -> rig.session.start(
                                Prompt.builder("Hi").attach(other).build()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("attachment")
                        .hasMessageContaining(other.filename());
            }
            assertThat(rig.peer.received()).hasSize(1);
        }
    }

    @Test
    void item22TheSessionHasAHandleFromTheStartAndNothingIsResumed() {
        try (Rig rig = Rig.playing(Peer.saying("a"))) {
            String id = rig.session.id();
            assertThat(rig.play("Hi").completed().sessionId()).isEqualTo(id).doesNotContain("chatcmpl");
            assertThat(rig.session.id()).isEqualTo(id);
            assertThat(rig.zen.capabilities().resume()).isFalse();
            assertThatThrownBy(() -> rig.zen.resume(id, SessionOptions.DEFAULT))
                    .isInstanceOf(UnsupportedFeatureException.class);
        }
    }

    @Test
    void item23FailuresHaveOneShapeAndTheirStatus() {
        Peer.Scene reset = stage -> stage.reset();
        try (Rig rig = Rig.with(
                settings -> settings.retry(RetryPolicy.NONE),
                Peer.refusing(500, "{\"error\":{\"message\":\"oh\"}}"),
                reset)) {
            AgentException status = rig.play("1").failed(ServerException.class);
            assertThat(status.where().orElseThrow().status()).isEqualTo(500);
            assertThat(status.reason()).isEqualTo("oh");
            AgentException broken = rig.play("2").failed(AgentException.class);
            assertThat(broken.where().orElseThrow().status()).isZero();
            assertThat(broken.partial()).isPresent();
        }
    }

    @Test
    void item24OneStartAlsoWhereTheAnswerIsWhole() {
        Peer.Scene whole = stage -> {
            stage.head(200, "application/json");
            stage.text("{\"id\":\"chatcmpl-1\",\"choices\":[{\"message\":{\"content\":\"in one piece\"},"
                    + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}");
        };
        try (Rig rig = Rig.playing(whole)) {
            Played played = rig.play("Hi");
            assertThat(played.completed().text()).isEqualTo("in one piece");
            assertThat(played.completed().usage()).isEqualTo(new Usage(3, 4, 0, 0, 0));
        }
    }

    @Test
    void item25NobodyHasToReadAndAClosedTurnSendsNothingMore() {
        Peer.Scene plenty = stage -> {
            stage.stream();
            for (int i = 0; i < 30_000; i++) stage.say("x");
            stage.finish("stop");
            stage.done();
        };
        try (Rig rig = Rig.playing(plenty)) {
            assertThat(rig.session.start("unread").result().text()).hasSize(30_000);
        }
        try (Rig rig = Rig.with(settings -> settings.pause(length -> Thread.sleep(60_000)), Peer.refusing(503, "{}"))) {
            Turn turn = rig.session.start("Hi");
            await().until(() -> rig.peer.ended() == 1);
            turn.close();
            assertThatThrownBy(turn::result).isInstanceOf(InterruptedTurnException.class);
            assertThat(rig.peer.received()).hasSize(1);
        }
    }

    @Test
    void item26WhatBeganIsNotSentAgainUnlessTheCallerSaysSo() {
        Peer.Scene broken = stage -> {
            stage.stream();
            stage.say("half");
            stage.reset();
        };
        try (Rig rig = Rig.playing(broken, Peer.saying("whole"))) {
            assertThat(rig.play("Hi").failed(ServerException.class).isRetryable())
                    .isFalse();
            assertThat(rig.peer.received()).hasSize(1);
        }
        try (Rig rig = Rig.with(settings -> settings.retry(RetryPolicy.rerun(1)), broken, Peer.saying("whole"))) {
            Played played = rig.play("Hi");
            assertThat(played.completed().text()).isEqualTo("whole");
            assertThat(played.completed().attempts()).hasSize(2);
            assertThat(played.completed().attempts().get(0).error()).contains("before its finish");
        }
    }

    @Test
    void item27TheNearerModelWinsAndProviderAndKeyHaveOnePlace() {
        try (Rig rig = Rig.with(settings -> settings.model("agents"), Peer.saying("a"));
                ZenSession session = rig.zen.open(
                        SessionOptions.builder().model(Model.of("any/sessions")).build())) {
            rig.play("Hi").completed();
            session.run("Hi");
            session.run(Prompt.builder("Hi").model(Model.of("any/prompts/own")).build(), event -> {});
            assertThat(rig.peer.received().stream()
                            .map(request -> request.json().path("model").asString()))
                    .containsExactly("agents", "sessions", "prompts/own");
        }
    }

    @Test
    void item28AMissingKeyIsMissedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> Zen.builder().build())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContainingAll("OPENCODE_ZEN_KEY", "OPENCODE_API_KEY");
        assertThatThrownBy(() -> Zen.builder().provider(ZenProvider.GO).build())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("OPENCODE_GO_API_KEY");
        Zen.builder()
                .provider(ZenProvider.at(URI.create("http://127.0.0.1:1/v1")))
                .build()
                .close();
    }

    @Test
    void item29ASlashAtTheEndDoesNotMatter() {
        try (Peer peer = Peer.playing(Peer.saying("a"));
                Zen zen = Zen.builder()
                        .provider(ZenProvider.at(URI.create(peer.baseUrl() + "//")))
                        .build();
                ZenSession session = zen.open()) {
            session.run("Hi");
            assertThat(peer.received().get(0).head())
                    .startsWith("POST /v1/chat/completions HTTP/1.1")
                    .doesNotContainIgnoringCase("authorization");
        }
    }

    @Test
    void item30ACapabilityIsThereOrNot() {
        try (Rig rig = Rig.playing(Peer.saying("a"))) {
            assertThat(Arrays.stream(rig.zen.capabilities().getClass().getRecordComponents())
                            .map(RecordComponent::getType))
                    .containsOnly(boolean.class);
            assertThat(rig.zen.capabilities().tools()).isFalse();
        }
    }

    @Test
    void item31AStrayLineSpoilsItsOwnTurnOnly() {
        Peer.Scene stray = stage -> {
            stage.stream();
            stage.frame("Warning: this is no JSON");
            stage.say("lost");
            stage.finish("stop");
            stage.done();
        };
        try (Rig rig = Rig.playing(stray, Peer.saying("fine"))) {
            assertThat(rig.play("Hi").failed(ProtocolException.class).raw()).contains("Warning");
            assertThat(rig.play("Hi").completed().text()).isEqualTo("fine");
            await().atMost(5, TimeUnit.SECONDS).until(() -> rig.peer.ended() == 2);
        }
    }
}
