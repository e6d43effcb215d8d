package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.zen.tool.FunctionTool;
import dev.opencode4j.zen.tool.ToolChoice;
import dev.opencode4j.zen.tool.ToolDefinition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ToolsTest {

    private static final Json CITY =
            Json.parse("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");

    private static final FunctionTool WEATHER = FunctionTool.of(
            "weather",
            "the weather of a city",
            CITY,
            arguments -> "sunny in " + arguments.node().path("city").asString());

    private static Peer.Scene calling(String... fragments) {
        return stage -> {
            stage.stream();
            for (String fragment : fragments) {
                stage.frame("{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[" + fragment + "]}}]}");
            }
            stage.finish("tool_calls");
            stage.done();
        };
    }

    private static String call(int index, String id, String name, String arguments) {
        return "{\"index\":" + index + ",\"id\":" + Peer.quoted(id) + ",\"type\":\"function\",\"function\":{\"name\":"
                + Peer.quoted(name) + ",\"arguments\":" + Peer.quoted(arguments) + "}}";
    }

    private static String more(int index, String arguments) {
        return "{\"index\":" + index + ",\"function\":{\"arguments\":" + Peer.quoted(arguments) + "}}";
    }

    private static Rig rig(FunctionTool tool, Peer.Scene... scenes) {
        return Rig.with(settings -> settings.tool(tool), scenes);
    }

    private static String toldToModel(Rig rig, int request) {
        JsonNode messages = rig.peer.request(request).path("messages");
        JsonNode last = messages.path(messages.size() - 1);
        assertThat(last.path("role").asString()).isEqualTo("tool");
        return last.path("content").asString();
    }

    @Test
    void aFunctionIsRunAndTheModelToldAndAskedAgain() {
        try (Rig rig = rig(
                WEATHER,
                calling(call(0, "c1", "weather", ""), more(0, "{\"ci"), more(0, "ty\":\"Rome\"}")),
                Peer.saying("It is sunny."))) {
            Played played = rig.play("How is Rome?");
            TurnResult result = played.completed();
            assertThat(result.text()).isEqualTo("It is sunny.");
            ToolPart part = result.reply().tools().get(0);
            assertThat(part.status()).isEqualTo(ToolStatus.COMPLETED);
            assertThat(part.input()).isEqualTo(Json.parse("{\"city\":\"Rome\"}"));
            assertThat(part.output()).isEqualTo("sunny in Rome");
            assertThat(played.all(ToolProgressed.class).stream()
                            .map(event -> event.tool().status()))
                    .containsExactly(ToolStatus.PENDING, ToolStatus.RUNNING, ToolStatus.COMPLETED);
            assertThat(played.all(StepFinished.class)).hasSize(2);
            JsonNode echo = rig.peer.request(1).at("/messages/1/tool_calls/0");
            assertThat(echo.path("id").asString()).isEqualTo("c1");
            assertThat(echo.at("/function/arguments").asString()).isEqualTo("{\"city\":\"Rome\"}");
            assertThat(toldToModel(rig, 1)).isEqualTo("sunny in Rome");
            assertThat(rig.peer.request(0).at("/tools/0/function/name").asString())
                    .isEqualTo("weather");
        }
    }

    @Test
    void piecesOfSeveralCallsAreMergedByTheirIndex() {
        try (Rig rig = rig(
                WEATHER,
                calling(
                        call(0, "a", "weather", "{\"city\":"),
                        call(1, "b", "weather", "{\"city\""),
                        more(0, "\"Rome\"}"),
                        more(1, ":\"Oslo\"}"),
                        call(1, "c", "weather", "{\"city\":\"Bonn\"}")),
                Peer.saying("done"))) {
            assertThat(rig.play("Hi").completed().reply().tools().stream().map(ToolPart::output))
                    .containsExactly("sunny in Rome", "sunny in Oslo", "sunny in Bonn");
            assertThat(rig.peer.request(1).path("messages")).hasSize(5);
        }
    }

    @Test
    void theModelIsToldOfUnknownToolsBadArgumentsAndFailures() {
        FunctionTool failing = FunctionTool.of("fail", "fails", Json.EMPTY, arguments -> {
            throw new IllegalStateException("out of order");
        });
        try (Rig rig = rig(
                failing,
                calling(call(0, "c1", "nope", "{}")),
                calling(call(0, "c2", "fail", "{\"a\"")),
                calling(call(0, "c3", "fail", "[1]")),
                calling(call(0, "c4", "fail", "")),
                Peer.saying("I give up."))) {
            TurnResult result = rig.play("Hi").completed();
            assertThat(toldToModel(rig, 1)).isEqualTo("Unknown tool: nope");
            assertThat(toldToModel(rig, 2)).startsWith("Invalid tool arguments");
            assertThat(toldToModel(rig, 3)).startsWith("Invalid tool arguments");
            assertThat(toldToModel(rig, 4)).contains("out of order");
            assertThat(result.reply().tools())
                    .hasSize(4)
                    .allMatch(part -> part.status().equals(ToolStatus.ERROR));
        }
    }

    @Test
    void callsWithoutCodeAreHandedToTheCallerWhoAnswersThem() {
        ToolDefinition ask = new ToolDefinition("ask", "asks the user", Json.EMPTY);
        try (Rig rig = Rig.with(
                settings -> settings.tool(WEATHER).tool(ask).toolChoice(ToolChoice.REQUIRED),
                calling(call(0, "c1", "ask", "{\"q\":1}"), call(1, "c2", "weather", "{\"city\":\"Rome\"}")),
                Peer.saying("thanks"))) {
            assertThatThrownBy(() -> rig.session.answer(Map.of("c1", "x"))).isInstanceOf(IllegalStateException.class);
            TurnResult handed = rig.play("Hi").completed();
            ToolPart waiting = handed.reply().tools().get(0);
            assertThat(waiting.status()).isEqualTo(ToolStatus.RUNNING);
            assertThat(waiting.input()).isEqualTo(Json.parse("{\"q\":1}"));
            assertThat(handed.reply().finish()).isEqualTo("tool_calls");
            assertThatThrownBy(() -> rig.session.answer(Map.of("other", "x")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("results");
            assertThat(Played.of(rig.session.answer(Map.of("c1", "yes")))
                            .completed()
                            .text())
                    .isEqualTo("thanks");
            assertThat(rig.peer.request(0).path("tool_choice").asString()).isEqualTo("required");
            assertThat(rig.peer.request(1).has("tool_choice")).isFalse();
            JsonNode messages = rig.peer.request(1).path("messages");
            assertThat(messages.valueStream()
                            .map(message -> message.path("tool_call_id").asString("")))
                    .containsExactly("", "", "c2", "c1");
        }
    }

    @Test
    void aNewPromptGivesUpCallsThatWait() {
        ToolDefinition ask = new ToolDefinition("ask", "asks the user", Json.EMPTY);
        try (Rig rig =
                Rig.with(settings -> settings.tool(ask), calling(call(0, "c1", "ask", "{}")), Peer.saying("fine"))) {
            rig.play("Hi").completed();
            rig.play("never mind").completed();
            assertThat(rig.peer.request(1).at("/messages/2/tool_call_id").asString())
                    .isEqualTo("c1");
            assertThat(rig.peer.request(1).at("/messages/3/content").asString()).isEqualTo("never mind");
        }
    }

    private static final Json DAYS = Json.parse("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},"
            + "\"days\":{\"type\":\"integer\",\"maximum\":7}},\"required\":[\"city\"]}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {"{\"city\":7}|/city", "{}|city", "{\"city\":\"Rome\",\"days\":8}|/days"})
    void argumentsThatDoNotFollowTheSchemaAreRefusedToTheModelAndTheFunctionIsNotCalled(String wrong, String where) {
        List<Json> called = new CopyOnWriteArrayList<>();
        FunctionTool tool = FunctionTool.of("weather", "the weather", DAYS, arguments -> {
            called.add(arguments);
            return "sunny";
        });
        try (Rig rig = rig(
                tool,
                calling(call(0, "c1", "weather", wrong)),
                calling(call(0, "c2", "weather", "{\"city\":\"Rome\",\"days\":7}")),
                Peer.saying("It is sunny."))) {
            TurnResult result = rig.play("Hi").completed();
            assertThat(result.text()).isEqualTo("It is sunny.");
            assertThat(toldToModel(rig, 1)).startsWith("Invalid tool arguments").contains(where);
            assertThat(called).containsExactly(Json.parse("{\"city\":\"Rome\",\"days\":7}"));
            assertThat(result.reply().tools())
                    .extracting(ToolPart::status)
                    .containsExactly(ToolStatus.ERROR, ToolStatus.COMPLETED);
        }
    }

    @Test
    void theCallerIsHandedOnlyCallsThatFollowTheSchema() {
        ToolDefinition ask = new ToolDefinition("ask", "asks the user", DAYS);
        try (Rig rig = Rig.with(
                settings -> settings.tool(ask),
                calling(call(0, "c1", "ask", "{\"city\":null}")),
                calling(call(0, "c2", "ask", "{\"city\":\"Rome\"}")),
                Peer.saying("fine"))) {
            rig.play("Hi").completed();
            assertThat(toldToModel(rig, 1)).contains("/city");
            Played answered = Rig.play(rig.session.answer(Map.of("c2", "yes")));
            assertThat(answered.completed().text()).isEqualTo("fine");
        }
    }

    @Test
    void aToolWhoseParametersAreNoSchemaIsRefused() {
        assertThatThrownBy(
                        () -> Zen.builder().tool(new ToolDefinition("ask", "asks", Json.parse("{\"properties\":[]}"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameters of 'ask'");
    }

    @Test
    void theLoopHasABound() {
        try (Rig rig =
                Rig.with(settings -> settings.tool(WEATHER).maxRounds(3), calling(call(0, "c1", "weather", "{}")))) {
            assertThat(rig.play("Hi").failed(ServerException.class)).hasMessageContaining("after 3 rounds");
            assertThat(rig.peer.received()).hasSize(3);
        }
    }

    @Test
    void aLengthThatIsReachedInALaterRoundFailsTheTurn() {
        Peer.Scene cut = stage -> {
            stage.stream();
            stage.say("so f");
            stage.finish("length");
            stage.done();
        };
        try (Rig rig = rig(WEATHER, calling(call(0, "c1", "weather", "{}")), cut)) {
            assertThat(rig.play("Hi").failed(OutputLimitException.class).partialText())
                    .isEqualTo("so f");
            assertThat(rig.peer.received()).hasSize(2);
        }
    }

    @Test
    void theChoiceIsForTheFirstAnswerAndAPromptMaySwitchToolsOff() {
        try (Rig rig = Rig.with(
                settings -> settings.tool(WEATHER).toolChoice(ToolChoice.function("weather")),
                calling(call(0, "c1", "weather", "{}")),
                Peer.saying("done"))) {
            rig.play("Hi").completed();
            assertThat(rig.peer.request(0).at("/tool_choice/function/name").asString())
                    .isEqualTo("weather");
            assertThat(rig.peer.request(1).has("tool_choice")).isFalse();
            rig.play(Prompt.builder("Hi").disable("weather").build()).completed();
            assertThat(rig.peer.request(2).has("tools")).isFalse();
            assertThat(rig.peer.request(2).has("tool_choice")).isFalse();
        }
    }

    @Test
    void theScriptedModelsCallsAreRun() {
        FunctionTool bash = FunctionTool.of(
                "bash",
                "runs a command",
                Json.EMPTY,
                arguments -> arguments.node().path("command").asString());
        try (ScriptedModel model = ScriptedModel.start();
                Zen zen = Zen.builder()
                        .provider(ZenProvider.at(model.baseUri()))
                        .tool(bash)
                        .build();
                ZenSession session = zen.open()) {
            TurnResult result = session.run("#multi");
            assertThat(result.text()).contains("All done after 3 tools.");
            assertThat(result.reply().finishedTools()).hasSize(3);
            assertThat(zen.capabilities().tools()).isTrue();
            assertThat(model.timesRun("#multi")).isEqualTo(1);
        }
    }

    @Test
    void namesAreTheProtocolsAndUnique() {
        assertThatThrownBy(() -> new ToolDefinition("two words", "x", Json.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
        assertThatThrownBy(() -> Zen.builder().tool(WEATHER).tool(WEATHER.definition()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weather");
        assertThat(List.of(ToolChoice.AUTO, ToolChoice.NONE, ToolChoice.REQUIRED))
                .doesNotHaveDuplicates();
    }
}
