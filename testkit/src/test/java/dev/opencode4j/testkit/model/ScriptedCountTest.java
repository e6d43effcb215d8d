package dev.opencode4j.testkit.model;

import static dev.opencode4j.testkit.model.ModelClient.system;
import static dev.opencode4j.testkit.model.ModelClient.toolResult;
import static dev.opencode4j.testkit.model.ModelClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedCountTest {

    private static final Duration BOUND = Duration.ofSeconds(30);

    private final ScriptedModel model =
            ScriptedModel.builder().chunkPause(Duration.ZERO).start();
    private final ModelClient client = new ModelClient(model);

    @AfterEach
    void stop() {
        model.close();
    }

    @Test
    void counts_first_steps_by_the_last_user_text_only() throws Exception {
        client.stream(user("one M-1"));
        client.stream(user("one M-1"), user("two M-2"));
        client.stream(user("two M-2"), toolResult());
        client.stream(system("You are a title generator."), user("one M-1"));
        client.whole(user("#status=500 M-3"));
        client.whole(user("#status=500 M-3"));

        assertThat(model.timesRun("M-1")).isEqualTo(1);
        assertThat(model.timesRun("M-2")).isEqualTo(1);
        assertThat(model.timesRun("M-3")).isEqualTo(2);
        assertThat(model.timesRun("M-4")).isZero();
        assertThat(model.requests()).hasSize(6);
        model.awaitRequests(5, Duration.ZERO);
    }

    @Test
    void has_counted_before_the_first_byte() throws Exception {
        model.on("early", request -> Answer.words("run " + model.timesRun("M-5")));

        assertThat(client.stream(user("#early M-5")).text()).isEqualTo("run 1");
    }

    @Test
    void records_what_was_asked_but_no_key() throws Exception {
        client.stream(user("hello"));

        ModelRequest request = model.requests().get(0);
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.prompt()).isEqualTo("hello");
        assertThat(request.body().path("model").asString()).isEqualTo("scripted");
        assertThat(request.headers()).containsEntry("authorization", "(hidden)");
        assertThat(request.toString()).doesNotContain("very-secret");
    }

    @Test
    void keeps_counting_beyond_the_requests_it_keeps() throws Exception {
        int calls = RequestLog.KEPT + 10;
        for (int i = 0; i < calls; i++) {
            client.whole(user("#empty M-6"));
        }

        assertThat(model.requests()).hasSize(RequestLog.KEPT);
        assertThat(model.timesRun("M-6")).isEqualTo(calls);
    }

    @Test
    void holds_an_answer_until_it_is_released() throws Exception {
        CompletableFuture<ModelClient.Streamed> answer = client.streamLater(user("#hold=gate-1 M-7"));
        model.awaitRun("M-7", BOUND);
        model.awaitHeld("gate-1", BOUND);
        assertThat(answer).isNotDone();

        model.release("gate-1");

        assertThat(answer.get(30, TimeUnit.SECONDS).text()).isEqualTo("held released");
        assertThat(client.stream(user("#hold=gate-1")).text()).isEqualTo("held released");
    }

    @Test
    void notices_a_client_that_hangs_up_while_it_is_held_or_spoken_to() throws Exception {
        hangUpAfterTheFirstBytes("#hold=gate-2 M-8");
        hangUpAfterTheFirstBytes("#words=1000000 M-9");

        model.awaitAbandoned("M-8", BOUND);
        model.awaitAbandoned("M-9", BOUND);
        assertThat(model.timesAbandoned("M-8")).isEqualTo(1);
        assertThat(model.timesAbandoned("M-10")).isZero();
    }

    @Test
    void closing_cuts_what_is_held() throws Exception {
        CompletableFuture<ModelClient.Streamed> answer = client.streamLater(user("#hold=gate-3"));
        model.awaitHeld("gate-3", BOUND);

        model.close();

        assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.get("/models")).isInstanceOf(IOException.class);
    }

    @Test
    void says_what_came_when_the_awaited_did_not() throws Exception {
        client.stream(user("hello"));

        assertThatThrownBy(() -> model.awaitRun("M-11", Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("M-11")
                .hasMessageContaining("hello");
        assertThatThrownBy(() -> model.awaitRequests(2, Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("there were 1");
        assertThatThrownBy(() -> model.awaitHeld("gate-4", Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("gate-4");
    }

    @Test
    void carries_hundreds_of_streams_at_once() {
        int streams = 300;
        List<CompletableFuture<ModelClient.Streamed>> answers = IntStream.range(0, streams)
                .mapToObj(i -> client.streamLater(user("#hold=all M-12")))
                .toList();
        model.awaitRequests(streams, BOUND);

        model.release("all");

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.get(30, TimeUnit.SECONDS).text()).isEqualTo("held released"));
        assertThat(model.timesRun("M-12")).isEqualTo(streams);
    }

    private void hangUpAfterTheFirstBytes(String prompt) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client.http().send(client.request(true, user(prompt)), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            assertThat(body.read()).isEqualTo('d');
        }
    }
}
