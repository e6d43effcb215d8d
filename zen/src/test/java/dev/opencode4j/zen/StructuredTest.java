package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredTest {

    private static Prompt asking(String schema) {
        return Prompt.builder("Hi").schema(Json.parse(schema)).build();
    }

    @Test
    void aMismatchSaysWhereAndKeepsWhatCame() {
        String schema =
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}}}";
        try (Rig rig = Rig.playing(Peer.saying("{\"a\":[1,\"two\"]}"))) {
            ProtocolException error = rig.play(asking(schema)).failed(ProtocolException.class);
            assertThat(error).hasMessageContaining("/a/1");
            assertThat(error.raw()).isEqualTo("{\"a\":[1,\"two\"]}");
            assertThat(error.partial().orElseThrow().text()).contains("two");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"type\":\"integer\"}|1|true",
                "{\"type\":\"integer\"}|1.0|true",
                "{\"type\":\"integer\"}|1.5|false",
                "{\"type\":\"integer\"}|1e3|true",
                "{\"multipleOf\":0.1}|0.3|true",
                "{\"type\":\"null\"}|null|true",
                "{\"enum\":[\"a\",2,{\"b\":[true]}]}|{\"b\":[true]}|true",
                "{\"const\":2}|2.0|true",
                "{\"type\":\"array\",\"uniqueItems\":true}|[1,1.0]|false",
                "{\"properties\":{\"a/b\":{\"maxLength\":2}}}|{\"a/b\":\"🌍🌍\"}|true",
                "{\"required\":[\"x\"]}|{\"y\":1}|false",
                "{\"$defs\":{\"n\":{\"type\":\"string\"}},\"items\":{\"$ref\":\"#/$defs/n\"}}|[\"a\",\"b\"]|true",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"boolean\"}|false|true",
                "true|{}|true",
                "{}||false",
                "{}|{} and more|false",
                "{}|Sure: {}|false"
            })
    void answersAreJudgedAsTheSchemaSays(String schema, String answer, boolean isValid) {
        String said = answer == null ? "" : answer;
        try (Rig rig = Rig.playing(Peer.saying(said))) {
            Played played = rig.play(asking(schema));
            if (isValid) {
                assertThat(played.completed().structured()).isEqualTo(Json.parse(said));
            } else {
                played.failed(ProtocolException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```json\n{\"a\": 1}\n```",
                "\n```\n{\"a\": 1}\n```\n",
                "```JSON\r\n{\"a\": 1}\r\n```",
                "````json5\n\n  {\"a\": 1}  \n\n````",
                "~~~ json \n{\"a\": 1}~~~",
                "```{\"a\": 1}```"
            })
    void jsonInACodeFenceIsTheJsonThatItIs(String fenced) {
        try (Rig rig = Rig.playing(Peer.saying(fenced))) {
            TurnResult result = rig.play(asking("{\"required\":[\"a\"]}")).completed();
            assertThat(result.structured()).isEqualTo(Json.parse("{\"a\":1}"));
            assertThat(result.text()).isEqualTo(fenced);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```",
                "``````",
                "```json\n```",
                "```json\n{}",
                "{}\n```",
                "```\n{}\n```\nor\n```\n{}\n```",
                "``\n{}\n``"
            })
    void whatIsNoFenceOfJsonIsNoJson(String answer) {
        try (Rig rig = Rig.playing(Peer.saying(answer))) {
            assertThat(rig.play(asking("{}")).failed(ProtocolException.class).raw())
                    .isEqualTo(answer);
        }
    }

    @Test
    void whatIsNoSchemaIsRefusedBeforeAnythingIsSent() {
        try (Rig rig = Rig.playing(Peer.saying("{}"))) {
            assertThatThrownBy(() -> rig.session.start(asking("{\"type\":7}")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("schema");
            assertThat(rig.peer.received()).isEmpty();
            rig.play("the place is free").completed();
        }
    }

    @Test
    void aMismatchIsNoPartOfTheHistory() {
        try (Rig rig = Rig.playing(Peer.saying("no JSON"), Peer.saying("{}"))) {
            rig.play(asking("{}")).failed(ProtocolException.class);
            rig.play(asking("{}")).completed();
            assertThat(rig.peer.request(1).path("messages")).hasSize(1);
        }
    }
}
