package dev.opencode4j.testkit.model;

import static dev.opencode4j.testkit.model.ModelClient.system;
import static dev.opencode4j.testkit.model.ModelClient.toolResult;
import static dev.opencode4j.testkit.model.ModelClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.testkit.model.ModelClient.Streamed;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ScriptedAnswersTest {

    private static ScriptedModel model;
    private ModelClient client;

    @BeforeAll
    static void start() {
        model = ScriptedModel.builder().chunkPause(Duration.ZERO).start();
    }

    @BeforeEach
    void connect() {
        client = new ModelClient(model);
    }

    @AfterAll
    static void stop() {
        model.close();
    }

    @Test
    void echoes_in_words_and_ends_with_usage() throws Exception {
        Streamed answer = client.stream(user("hello there #echo"));

        assertThat(answer.text()).isEqualTo("You said: hello there #echo");
        assertThat(answer.chunks()).hasSizeGreaterThan(5);
        assertThat(answer.finish()).isEqualTo("stop");
        assertThat(answer.frames()).last().isEqualTo("[DONE]");
        assertThat(answer.chunks()
                        .get(answer.chunks().size() - 1)
                        .at("/usage/total_tokens")
                        .asInt())
                .isEqualTo(120);
    }

    @Test
    void takes_the_last_user_text_from_parts_and_ignores_words_it_does_not_know() throws Exception {
        Map<String, Object> parts = Map.of(
                "role",
                "user",
                "content",
                List.of(Map.of("type", "text", "text", "issue #17"), Map.of("type", "text", "text", "\"#utf8\"")));

        assertThat(client.stream(user("#bash"), parts).text()).isEqualTo("héllo 🌍 日本語 𝕏");
    }

    @Test
    void thinks_before_it_answers() throws Exception {
        Streamed answer = client.stream(user("#reason"));

        assertThat(answer.thought()).isEqualTo("Let me think.");
        assertThat(answer.text()).isEqualTo("The answer is 42.");
    }

    @ParameterizedTest
    @CsvSource({"#long=12, 12", "#words=3000, 3000", "#words, 200", "\"#long=3\", 3"})
    void says_as_many_words_as_asked(String prompt, int words) throws Exception {
        assertThat(client.stream(user(prompt)).text().split(" ")).hasSize(words);
    }

    @Test
    void ends_for_length_and_can_say_nothing() throws Exception {
        assertThat(client.stream(user("#length")).finish()).isEqualTo("length");

        Streamed empty = client.stream(user("#empty"));
        assertThat(empty.text()).isEmpty();
        assertThat(empty.finish()).isEqualTo("stop");
    }

    @ParameterizedTest
    @CsvSource({
        "#bash, bash, 0",
        "#write, write, 0",
        "#multi, bash, 0",
        "#multi, bash, 2",
        "#todo, todowrite, 1",
        "#question, question, 0",
        "#task, task, 0",
        "#badtool, nosuchtool, 0",
        "#big, bash, 0",
        "#structured, StructuredOutput, 0"
    })
    void calls_the_tool_of_the_step(String prompt, String tool, int results) throws Exception {
        Streamed answer = client.stream(turn(prompt, results));

        assertThat(answer.tool()).isEqualTo(tool);
        assertThat(answer.arguments().isObject()).isTrue();
        assertThat(answer.finish()).isEqualTo("tool_calls");
    }

    @ParameterizedTest
    @CsvSource({"#bash, 1", "#multi, 3", "#todo, 2"})
    void closes_with_a_text_after_the_last_tool(String prompt, int results) throws Exception {
        Streamed answer = client.stream(turn(prompt, results));

        assertThat(answer.text()).isEqualTo("All done after " + results + " tools.");
        assertThat(answer.finish()).isEqualTo("stop");
    }

    @Test
    void hands_a_word_on_to_the_sub_agent() throws Exception {
        assertThat(client.stream(user("#task=bash")).arguments().path("prompt").asString())
                .isEqualTo("do the sub work #bash");
    }

    @Test
    void refuses_with_a_status() throws Exception {
        HttpResponse<String> refused = client.whole(user("#status=429"));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
        assertThat(refused.body()).contains("scripted 429");
    }

    @Test
    void cuts_the_connection_after_some_text() throws Exception {
        StringBuilder heard = new StringBuilder();
        HttpResponse<Stream<String>> answer =
                client.http().send(client.request(true, user("#drop")), HttpResponse.BodyHandlers.ofLines());

        assertThatThrownBy(() -> answer.body().forEach(heard::append)).hasRootCauseInstanceOf(IOException.class);
        assertThat(heard).contains("partial ").doesNotContain("[DONE]");
    }

    @Test
    void answers_whole_when_no_stream_is_asked_for() throws Exception {
        JsonNode text = ModelClient.JSON.readTree(client.whole(user("#reason")).body());
        JsonNode tool = ModelClient.JSON.readTree(client.whole(user("#bash")).body());

        assertThat(text.at("/choices/0/message/content").asString()).isEqualTo("The answer is 42.");
        assertThat(text.at("/choices/0/message/reasoning_content").asString()).isEqualTo("Let me think.");
        assertThat(text.at("/usage/total_tokens").asInt()).isEqualTo(120);
        assertThat(tool.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(tool.at("/choices/0/message/tool_calls/0/function/arguments").asString())
                .contains("hi from bash");
    }

    @Test
    void gives_every_title_request_the_same_title() throws Exception {
        Streamed answer = client.stream(system("You are a title generator. You output ONLY a title."), user("#bash"));

        assertThat(answer.text()).isEqualTo(ScriptedModel.TITLE);
    }

    @Test
    void is_silent_for_the_delay() throws Exception {
        long before = System.nanoTime();

        assertThat(client.stream(user("#delay=120")).text()).contains("#delay=120");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
    }

    @Test
    void plays_scripts_of_the_test_and_reports_those_that_fail() throws Exception {
        model.on(
                "ours",
                request -> Answer.words("after " + request.toolResults() + " for "
                        + request.argument("ours").orElse("nobody")));
        model.on("broken", request -> {
            throw new IllegalStateException("no idea");
        });

        assertThat(client.stream(user("#ours=me"), toolResult()).text()).isEqualTo("after 1 for me");
        assertThat(client.whole(user("#broken")).statusCode()).isEqualTo(500);
        assertThat(client.whole(user("#broken")).body()).contains("no idea");
        assertThatThrownBy(() -> model.on("#ours", request -> Answer.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lists_its_model_and_knows_no_other_route() throws Exception {
        assertThat(client.get("/models").body()).contains("\"id\":\"scripted\"");
        assertThat(client.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(client.http()
                        .send(client.raw("{not json"), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
    }

    private static Object[] turn(String prompt, int results) {
        Object[] messages = new Object[1 + results];
        messages[0] = user(prompt);
        for (int i = 1; i <= results; i++) {
            messages[i] = toolResult();
        }
        return messages;
    }
}
