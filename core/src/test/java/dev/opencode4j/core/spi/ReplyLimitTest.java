package dev.opencode4j.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.ReasoningDelta;
import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TodosChanged;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.part.FilePart;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.Todo;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.UnknownPart;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.Usage;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A reply has an end, whatever it is made of. */
class ReplyLimitTest {

    private static final int LIMIT = 100_000;
    private static final String KILO = "x".repeat(1_000);

    private final ReplyBuilder reply = new ReplyBuilder(LIMIT);

    static Stream<Arguments> endless() {
        return Stream.of(
                endless("text", i -> new TextDelta("prt_1", 0, KILO)),
                endless("reasoning", i -> new ReasoningDelta("prt_1", 0, KILO)),
                endless("texts that grow", i -> new PartFinished(text("prt_1", KILO.repeat(i + 1)))),
                endless("short texts", i -> new TextDelta("prt_" + i, 0, "a")),
                endless("empty texts", i -> new PartAdded(text("prt_" + i, ""))),
                endless("tools", i -> new ToolProgressed(tool("prt_" + i, ""))),
                endless("a tool's output", i -> new ToolProgressed(tool("prt_1", KILO.repeat(i + 1)))),
                endless("files", i -> new PartAdded(file("prt_" + i))),
                endless("others", i -> new PartAdded(new UnknownPart("p" + i, "", -1, "x", Json.of(List.of(KILO))))),
                endless("steps", i -> new StepFinished("prt_" + i, Usage.NONE, BigDecimal.ONE, "stop")),
                endless("to-dos", i -> new TodosChanged(todos(i + 1))));
    }

    private static Arguments endless(String name, IntFunction<AgentEvent> events) {
        return Arguments.of(name, events);
    }

    private static TextPart text(String id, String text) {
        return new TextPart(id, "", Part.UNPLACED, text);
    }

    private static ToolPart tool(String id, String output) {
        return ToolPart.builder(id).tool("bash").output(output).build();
    }

    private static FilePart file(String id) {
        return new FilePart(id, "", Part.UNPLACED, "image/png", null, URI.create("data:," + KILO));
    }

    private static List<Todo> todos(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Todo(KILO, "pending", null, null))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void whatNeverEndsIsRefusedAndWhatCameIsKept(String name, IntFunction<AgentEvent> events) {
        Reply[] before = {reply.snapshot()};
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < LIMIT; i++) {
                        before[0] = reply.snapshot();
                        reply.apply(events.apply(i), event -> {});
                    }
                })
                .withMessageContaining("more than " + LIMIT + " characters");
        assertThat(reply.snapshot().parts()).isEqualTo(before[0].parts());
        assertThat(reply.snapshot().cost()).isEqualTo(before[0].cost());
    }

    @Test
    void whatIsReportedAgainAndAgainCountsOnce() {
        for (int i = 0; i < 10_000; i++) {
            reply.apply(new PartAdded(text("prt_1", KILO)), event -> {});
            reply.apply(new PartFinished(text("prt_1", KILO)), event -> {});
            reply.apply(new ToolProgressed(tool("prt_2", KILO)), event -> {});
            reply.apply(new ToolProgressed(tool("prt_2", KILO + i % 7)), event -> {});
            reply.apply(new StepFinished("prt_3", Usage.NONE, BigDecimal.ONE, "stop"), event -> {});
        }
        assertThat(reply.snapshot().parts()).hasSize(2);
    }

    @Test
    void whatAnAgentKeepsForLaterCountsToo() {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> {
            for (int i = 0; i < LIMIT; i++) reply.reserve(KILO.length());
        });
    }
}
