package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.Turn;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Prompt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the tests of the chat backend that this one has to better assert, row by row of their table. */
class ChimeraParityTest {

    @Test
    void aFreshSessionHasAnIdOfItsOwn() {
        try (Rig rig = Rig.playing(Peer.saying("a"));
                ZenSession other = rig.zen.open()) {
            assertThat(rig.session.id()).startsWith("zen_").isNotEqualTo(other.id());
        }
    }

    @Test
    void theModelIsGlm5UnlessOneIsChosen() {
        try (Rig rig = Rig.playing(Peer.saying("a"))) {
            rig.play("Hi").completed();
            assertThat(rig.peer.request(0).path("model").asString()).isEqualTo("glm-5");
        }
        try (Rig rig = Rig.with(settings -> settings.model("kimi-k2"), Peer.saying("a"))) {
            rig.play("Hi").completed();
            assertThat(rig.peer.request(0).path("model").asString()).isEqualTo("kimi-k2");
        }
    }

    @Test
    void aBasicRequestHasOneMessageAndNothingThatWasNotAskedFor() {
        try (Rig rig = Rig.playing(Peer.saying("a"))) {
            rig.play("Hello").completed();
            JsonNode request = rig.peer.request(0);
            assertThat(request.propertyNames())
                    .containsExactlyInAnyOrder("model", "messages", "stream", "stream_options");
            assertThat(request.path("stream").asBoolean()).isTrue();
            assertThat(request.at("/messages/0/role").asString()).isEqualTo("user");
            assertThat(request.at("/messages/0/content").asString()).isEqualTo("Hello");
            assertThat(rig.peer.received().get(0).head())
                    .containsIgnoringCase("Content-Type: application/json")
                    .contains("Authorization: Bearer " + Rig.KEY);
        }
    }

    @Test
    void aFullRequestHasEverythingThatWas() {
        Json schema = Json.parse("{\"type\":\"object\"}");
        try (Rig rig = Rig.with(
                settings -> settings.system("Be brief.").temperature(0.25).maxTokens(1000), Peer.saying("{}"))) {
            rig.play(Prompt.builder("Hi").system("In German.").schema(schema).build())
                    .completed();
            JsonNode request = rig.peer.request(0);
            assertThat(request.at("/messages/0/role").asString()).isEqualTo("system");
            assertThat(request.at("/messages/0/content").asString()).isEqualTo("Be brief.\n\nIn German.");
            assertThat(request.at("/messages/1/role").asString()).isEqualTo("user");
            assertThat(request.path("temperature").asDouble()).isEqualTo(0.25);
            assertThat(request.path("max_tokens").asInt()).isEqualTo(1000);
            assertThat(request.at("/response_format/type").asString()).isEqualTo("json_schema");
            assertThat(request.at("/response_format/json_schema/strict").asBoolean(true))
                    .isFalse();
        }
    }

    @Test
    void theHistoryComesBeforeTheNewPromptAndTheSystemPromptIsNoPartOfIt() {
        try (Rig rig = Rig.with(settings -> settings.system("Be brief."), Peer.saying("Hello ", "you"))) {
            rig.play("one").completed();
            rig.play("two").completed();
            JsonNode messages = rig.peer.request(1).path("messages");
            assertThat(messages.valueStream()
                            .map(message -> message.path("role").asString() + ":"
                                    + message.path("content").asString()))
                    .containsExactly("system:Be brief.", "user:one", "assistant:Hello you", "user:two");
        }
    }

    @Test
    void oneTurnAtATime() {
        Peer.Scene holding = stage -> {
            stage.stream();
            stage.hold();
        };
        try (Rig rig = Rig.playing(holding, Peer.saying("next"))) {
            Turn turn = rig.session.start("one");
            await().until(() -> rig.peer.received().size() == 1);
            assertThatThrownBy(() -> rig.session.start("two"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in progress");
            turn.close();
            assertThat(rig.session.run("three").text()).isEqualTo("next");
        }
    }

    @Test
    void theNextTurnIsLegalAsSoonAsTheEndIsVisible() {
        try (Rig rig = Rig.playing(Peer.saying("a"))) {
            for (int i = 0; i < 20; i++) {
                rig.session.start("Hi").result();
                rig.session.start("Hi").completion().toCompletableFuture().join();
            }
            assertThat(rig.peer.received()).hasSize(40);
        }
    }

    @Test
    void aMillionCharactersAndCharactersOfFourBytesArriveAsTheyAre() {
        String large = "é".repeat(1_000_000);
        try (Rig rig = Rig.playing(Peer.saying("a"))) {
            for (String text : new String[] {large, "--help", "🌍🦆"})
                rig.play(text).completed();
            assertThat(rig.peer.request(0).at("/messages/0/content").asString()).isEqualTo(large);
            assertThat(rig.peer.request(1).at("/messages/2/content").asString()).isEqualTo("--help");
            assertThat(rig.peer.request(2).at("/messages/4/content").asString()).isEqualTo("🌍🦆");
            assertThatThrownBy(() -> rig.session.start("half \ud83c"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("text");
        }
    }
}
