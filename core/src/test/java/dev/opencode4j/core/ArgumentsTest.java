package dev.opencode4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRule;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Attachment;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.telemetry.Tracer;
import dev.opencode4j.core.work.RetryPolicy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArgumentsTest {

    @ParameterizedTest(name = "{0} #{index}")
    @MethodSource("refused")
    void whatIsRefusedIsNamed(String argument, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageStartingWith(argument + ": must ");
    }

    @Test
    void aDurationThatIsTooLongIsRefusedWithTheLongest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timeouts.DEFAULT.withTurn(Duration.ofDays(40_000)))
                .withMessage("turn: must be at most 36500 days, was PT960000H");
    }

    static Stream<Arguments> refused() {
        Timeouts timeouts = Timeouts.DEFAULT;
        URI url = URI.create("data:,a");
        return Stream.of(
                refused("connect", () -> timeouts.withConnect(Duration.ZERO)),
                refused("firstEvent", () -> timeouts.withFirstEvent(Duration.ofSeconds(-1))),
                refused("idle", () -> timeouts.withIdle(Duration.ZERO)),
                refused("turn", () -> timeouts.withTurn(Duration.ZERO)),
                refused("turn", () -> timeouts.withTurn(Duration.ofSeconds(Long.MAX_VALUE))),
                refused("idle", () -> timeouts.withIdle(Duration.ofDays(36_501))),
                refused("cap", () -> RetryPolicy.DEFAULT.withCap(Duration.ofSeconds(Long.MAX_VALUE))),
                refused("replyLimit", () -> SessionOptions.builder().replyLimit(0)),
                refused("model", () -> Model.of("glm-5")),
                refused("model", () -> Model.of("/glm-5")),
                refused("model", () -> Model.of("opencode/")),
                refused("model", () -> Model.of(" / ")),
                refused("provider", () -> new Model(" ", "glm-5", null)),
                refused("name", () -> new Model("opencode", "", null)),
                refused("variant", () -> Model.of("opencode/glm-5").withVariant(" ")),
                refused("text", () -> Prompt.of(" \n")),
                refused("agent", () -> Prompt.builder("Hi").agent("")),
                refused("system", () -> Prompt.builder("Hi").system(" ")),
                refused("messageId", () -> Prompt.builder("Hi").messageId("")),
                refused("tool", () -> Prompt.builder("Hi").enable("")),
                refused("tool", () -> Prompt.builder("Hi").disable(" ")),
                refused("filename", () -> new Attachment("", "text/plain", url)),
                refused("mime", () -> new Attachment("a.txt", " ", url)),
                refused("mime", () -> Attachment.of("a.txt", "text plain", new byte[0])),
                refused("permission", () -> PermissionRule.allow("", "*")),
                refused("pattern", () -> PermissionRule.deny("bash", " ")),
                refused("action", () -> new PermissionRule("bash", "*", "maybe")),
                refused("words", () -> PermissionReply.rejectBecause(" ")),
                refused("title", () -> SessionOptions.titled("")),
                refused("agent", () -> SessionOptions.builder().agent(" ")),
                refused("eventBuffer", () -> SessionOptions.builder().eventBuffer(15)),
                refused("text", () -> Json.parse("{")),
                refused("prefix", () -> Tracer.prefixed("turn.", (name, payload) -> {})),
                refused("prefix", () -> Tracer.prefixed(" ", (name, payload) -> {})));
    }

    private static Arguments refused(String argument, ThrowingCallable call) {
        return Arguments.of(argument, call);
    }

    @ParameterizedTest(name = "{0} #{index}")
    @MethodSource("missing")
    void whatIsMissingIsNamed(String argument, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessage(argument);
    }

    @SuppressWarnings("NullAway") // Callers that no checker watches pass null.
    static Stream<Arguments> missing() {
        SessionOptions.Builder options = SessionOptions.builder();
        return Stream.of(
                refused("connect", () -> Timeouts.DEFAULT.withConnect(null)),
                refused("model", () -> Model.of(null)),
                refused("provider", () -> new Model(null, "glm-5", null)),
                refused("variant", () -> Model.of("opencode/glm-5").withVariant(null)),
                refused("text", () -> Prompt.of(null)),
                refused("attachment", () -> Prompt.builder("Hi").attach(null)),
                refused("model", () -> Prompt.builder("Hi").model(null)),
                refused("schema", () -> Prompt.builder("Hi").schema(null)),
                refused("system", () -> Prompt.builder("Hi").system(null)),
                refused("filename", () -> new Attachment(null, "text/plain", URI.create("data:,a"))),
                refused("permission", () -> PermissionRule.allow(null, "*")),
                refused("pattern", () -> PermissionRule.allow("bash", null)),
                refused("action", () -> new PermissionRule("bash", "*", null)),
                refused("title", () -> options.title(null)),
                refused("model", () -> options.model(null)),
                refused("rules", () -> options.rules(null)),
                refused("permissions", () -> options.permissions(null)),
                refused("questions", () -> options.questions(null)),
                refused("timeouts", () -> options.timeouts(null)),
                refused("value", () -> Json.of(null)));
    }

    @Test
    void aModelIsSplitAtTheFirstSlash() {
        assertThat(Model.of("openrouter/z-ai/glm-5")).isEqualTo(new Model("openrouter", "z-ai/glm-5", null));
        assertThat(Model.of("openrouter/z-ai/glm-5")).hasToString("openrouter/z-ai/glm-5");
    }

    @Test
    void aPromptMayBeAFileAlone() {
        Attachment file = Attachment.of("a.txt", "text/plain;charset=utf-8", new byte[] {'h', 'i'});
        Prompt prompt = Prompt.builder("").attach(file).build();
        assertThat(prompt.attachments()).containsExactly(file);
        assertThat(file.url()).hasToString("data:text/plain;charset=utf-8;base64,aGk=");
    }

    @Test
    void aPromptKeepsWhatItWasGiven() {
        Prompt.Builder builder = Prompt.builder("Hi").enable("bash").disable("edit");
        Prompt prompt = builder.build();
        builder.disable("bash");
        assertThat(prompt.tools()).isEqualTo(Map.of("bash", true, "edit", false));
    }

    @Test
    void printedFormsAreShortAndHoldNoContent() {
        assertThat(Prompt.of("x".repeat(1000)).toString()).hasSizeLessThan(80);
        assertThat(Attachment.of("a.txt", "text/plain", "secret".getBytes(StandardCharsets.UTF_8)))
                .hasToString("Attachment[a.txt, text/plain]");
    }

    @Test
    void optionsKeepWhatTheyWereGiven() {
        List<PermissionRule> rules = List.of(PermissionRule.deny("*", "*"), PermissionRule.ask("bash", "ls *"));
        SessionOptions options = SessionOptions.builder()
                .title("Monads")
                .agent("plan")
                .model(Model.of("opencode/glm-5"))
                .rules(rules)
                .timeouts(Timeouts.DEFAULT.withTurn(Duration.ofHours(1)))
                .eventBuffer(16)
                .build();
        assertThat(options.title()).isEqualTo("Monads");
        assertThat(options.agent()).isEqualTo("plan");
        assertThat(options.model()).isEqualTo(new Model("opencode", "glm-5", null));
        assertThat(options.rules()).isEqualTo(rules);
        assertThat(options.timeouts().turn()).isEqualTo(Duration.ofHours(1));
        assertThat(options.eventBuffer()).isEqualTo(16);
        assertThat(SessionOptions.titled("Monads").rules()).isEmpty();
    }
}
