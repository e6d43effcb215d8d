package dev.opencode4j.zen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.work.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever does not end is ended here, with what came; the other side is hung up on. */
class EndlessAnswersTest {

    private static final String MORE = "x".repeat(10_000);

    /** Chooses what sends the requests. */
    ZenBuilder overTransport(ZenBuilder builder) {
        return builder;
    }

    private Rig rig(Peer.Scene scene) {
        return Rig.with(settings -> overTransport(settings).retry(RetryPolicy.NONE), scene);
    }

    private static void forever(Peer.Stage stage, String text) throws Exception {
        byte[] much = text.repeat(Math.max(1, 65_536 / text.length())).getBytes(UTF_8);
        while (true) stage.raw(much);
    }

    private static void isHungUpOn(Rig rig) {
        await().until(() -> rig.peer.ended() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {\"choices\":[{\"delta\":{\"content\":\"", ": ", "", "data: "})
    void oneLineWithoutEnd(String beginning) {
        try (Rig rig = rig(stage -> {
            stage.stream();
            stage.say("so far");
            stage.text(beginning);
            forever(stage, "x");
        })) {
            ProtocolException error = rig.play("Hi").failed(ProtocolException.class);
            assertThat(error).hasMessageContaining("more than 16777216 bytes");
            assertThat(error.partial().orElseThrow().text()).isEqualTo("so far");
            isHungUpOn(rig);
        }
    }

    @Test
    void oneEventOfLinesWithoutEnd() {
        try (Rig rig = rig(stage -> {
            stage.stream();
            forever(stage, "data: x\n");
        })) {
            assertThat(rig.play("Hi").failed(ProtocolException.class)).hasMessageContaining("more than 16777216 bytes");
            isHungUpOn(rig);
        }
    }

    /** Each chunk is short enough: it is the reply that has no end. */
    private Reply replyWithoutEnd(String delta) {
        return replyWithoutEnd(() -> delta);
    }

    private Reply replyWithoutEnd(Supplier<String> deltas) {
        int limit = 1_000_000;
        try (Rig rig = rig(stage -> {
            stage.stream();
            stage.say("so far");
            while (true) stage.frame("{\"choices\":[{\"delta\":" + deltas.get().replace("MORE", MORE) + "}]}");
        })) {
            SessionOptions options = SessionOptions.builder().replyLimit(limit).build();
            ProtocolException error =
                    Rig.play(rig.zen.open(options).start("Hi")).failed(ProtocolException.class);
            assertThat(error).hasMessageContaining("more than " + limit + " characters");
            assertThat(error.isRetryable()).isFalse();
            isHungUpOn(rig);
            return error.partial().orElseThrow().reply();
        }
    }

    private static void isFull(String text) {
        assertThat(text).matches("x+").hasSizeBetween(980_000, 1_000_000);
    }

    @Test
    void aTextWithoutEnd() {
        String text = replyWithoutEnd("{\"content\":\"MORE\"}").text();
        assertThat(text).startsWith("so far");
        isFull(text.substring(6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning", "reasoning_content"})
    void reasoningWithoutEnd(String field) {
        Reply reply = replyWithoutEnd("{\"" + field + "\":\"MORE\"}");
        assertThat(reply.text()).isEqualTo("so far");
        isFull(reply.reasoning());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"index\":0,\"id\":\"1\",\"function\":{\"name\":\"grow\",\"arguments\":\"MORE\"}}",
                "{\"index\":0,\"function\":{\"name\":\"grow\",\"arguments\":{\"a\":\"MORE\"}}}"
            })
    void argumentsOfAToolWithoutEnd(String piece) {
        Reply reply = replyWithoutEnd("{\"tool_calls\":[" + piece + "]}");
        assertThat(reply.text()).isEqualTo("so far");
        assertThat(reply.tools())
                .singleElement()
                .satisfies(tool -> assertThat(tool.tool()).isEqualTo("grow"));
    }

    @Test
    void callsOfLongNamesWithoutEnd() {
        AtomicInteger next = new AtomicInteger();
        Reply reply = replyWithoutEnd(() ->
                "{\"tool_calls\":[{\"id\":\"" + next.incrementAndGet() + "\",\"function\":{\"name\":\"MORE\"}}]}");
        assertThat(reply.text()).isEqualTo("so far");
        assertThat(reply.tools()).hasSizeBetween(90, 100);
    }

    /** They hold nothing: the turn's time is their bound. */
    @ParameterizedTest
    @ValueSource(strings = {": ping\n", "\n", "event: x\n\n", "data: {}\n\n"})
    void whatSaysNothingWithoutEnd(String nothing) {
        try (Rig rig =
                Rig.withinOver(this::overTransport, limits -> limits.withTurn(Duration.ofMillis(1500)), stage -> {
                    stage.stream();
                    stage.say("so far");
                    forever(stage, nothing);
                })) {
            DeadlineExceeded error = rig.play("Hi").failed(DeadlineExceeded.class);
            assertThat(error.partial().orElseThrow().text()).isEqualTo("so far");
            isHungUpOn(rig);
        }
    }

    @Test
    void aChunkOfMoreCallsThanAnybodyMakes() {
        try (Rig rig = rig(stage -> {
            stage.stream();
            stage.say("so far");
            stage.frame("{\"choices\":[{\"delta\":{\"tool_calls\":[{}" + ",{}".repeat(3_000_000) + "]}}]}");
            stage.hold();
        })) {
            ProtocolException error = rig.play("Hi").failed(ProtocolException.class);
            assertThat(error).hasMessageContaining("malformed");
            assertThat(error.raw()).hasSizeLessThanOrEqualTo(ProtocolException.RAW_LIMIT);
            assertThat(error.partial().orElseThrow().text()).isEqualTo("so far");
            isHungUpOn(rig);
        }
    }

    @Test
    void anErrorInAStreamThatIsLongerThanAnybodys() {
        try (Rig rig = rig(stage -> {
            stage.stream();
            stage.frame("{\"error\":[" + "[],".repeat(3_000_000) + "[]]}");
            stage.hold();
        })) {
            ServerException error = rig.play("Hi").failed(ServerException.class);
            assertThat(error.getMessage()).contains("[],[],[]").hasSizeLessThan(1000);
            isHungUpOn(rig);
        }
    }

    @Test
    void oneAnswerInOnePieceWithoutEnd() {
        try (Rig rig = rig(stage -> {
            stage.head(200, "application/json");
            stage.text("{\"choices\":[{\"message\":{\"content\":\"");
            forever(stage, "x");
        })) {
            assertThat(rig.play("Hi").failed(ProtocolException.class)).hasMessageContaining("more than 16777216 bytes");
            isHungUpOn(rig);
        }
    }

    @Test
    void aRefusalWithoutEnd() {
        try (Rig rig = rig(stage -> {
            stage.head(500, "text/plain");
            forever(stage, "no ");
        })) {
            assertThat(rig.play("Hi").failed(ServerException.class).getMessage())
                    .contains("no no no")
                    .hasSizeLessThan(1000);
            isHungUpOn(rig);
        }
    }
}
