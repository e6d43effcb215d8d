package dev.opencode4j.command.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.UnknownEvent;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventJsonTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final EventJson json = new EventJson();

    static List<AgentEvent> samples() {
        return Samples.EVENTS;
    }

    private static Stream<Class<?>> concrete(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventJsonTest::concrete)
                : Stream.of(type);
    }

    private static List<String> fields(JsonNode object) {
        return object.properties().stream().map(entry -> entry.getKey()).toList();
    }

    private JsonNode written(AgentEvent event) {
        String line = json.event(event);
        assertThat(line).doesNotContain("\n", "\r");
        return MAPPER.readTree(line);
    }

    @Test
    void everyEventHasASample() {
        Set<Class<?>> sampled = samples().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(concrete(AgentEvent.class)).isSubsetOf(sampled);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyEventIsOneLineWithItsNameInSnakeCase(AgentEvent event) {
        String name = event.getClass().getSimpleName();
        String type = written(event).path("type").asString();
        assertThat(type).matches("[a-z]+(_[a-z]+)*");
        assertThat(type.replace("_", "")).isEqualToIgnoringCase(name);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyFieldOfAnEventIsWritten(AgentEvent event) {
        if (event instanceof TurnEnded || event instanceof UnknownEvent) return;
        List<String> components = Arrays.stream(event.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        assertThat(fields(written(event))).startsWith("type").containsAll(components);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyEndHasTheSameFields(AgentEvent event) {
        if (!(event instanceof TurnEnded)) return;
        assertThat(fields(written(event))).contains("text", "usage", "cost", "sessionId", "messageId");
    }

    @Test
    void aFailureSaysWhy() {
        JsonNode end = written(Samples.FAILED);
        assertThat(end.at("/error/class").asString()).isEqualTo("ServerException");
        assertThat(end.at("/error/message").asString()).contains("boom");
        assertThat(end.path("text").asString()).isEqualTo("Hello");
        assertThat(end.at("/usage/cacheRead").asInt()).isEqualTo(4);
        assertThat(end.path("cost").decimalValue()).isEqualByComparingTo("0.000001");
    }

    @Test
    void aFailureBeforeATurnHasAllFieldsToo() {
        JsonNode end = MAPPER.readTree(
                json.failure(new BadRequestException("no \"such\"\nmodel", null, null), EventJson.NOTHING));
        assertThat(fields(end)).containsExactly("type", "text", "usage", "cost", "sessionId", "messageId", "error");
        assertThat(end.path("type").asString()).isEqualTo("turn_failed");
        assertThat(end.path("sessionId").isNull()).isTrue();
        assertThat(end.at("/error/message").asString()).contains("no \"such\"\nmodel");
    }

    @Test
    void anInterruptionBeforeATurnIsOne() {
        JsonNode end = written(new TurnInterrupted(EventJson.NOTHING));
        assertThat(end.path("type").asString()).isEqualTo("turn_interrupted");
        assertThat(end.has("error")).isFalse();
    }

    @Test
    void whatWasReceivedAsJsonStaysJsonOnOneLine() {
        JsonNode unknown = written(Samples.UNKNOWN);
        assertThat(unknown.path("type").asString()).isEqualTo("unknown_event");
        assertThat(unknown.path("wireType").asString()).isEqualTo("lsp.updated");
        assertThat(unknown.at("/raw/a/1").asInt()).isEqualTo(2);
    }

    @Test
    void durationsAreSecondsAndInstantsAreIso() {
        assertThat(written(Samples.RECONNECTED).path("gap").decimalValue()).isEqualByComparingTo("1.25");
        assertThat(written(Samples.RETRYING).path("next").asString()).isEqualTo("2026-11-20T00:00:00Z");
    }

    @Test
    void partsSayWhatTheyAreAndToolsHowFarTheyAre() {
        JsonNode tool = written(Samples.TOOL).path("tool");
        assertThat(tool.path("type").asString()).isEqualTo("tool");
        assertThat(tool.path("status").asString()).isEqualTo("running");
        assertThat(tool.at("/input/command").asString()).isEqualTo("ls");
        assertThat(tool.path("output").isNull()).isTrue();
    }
}
