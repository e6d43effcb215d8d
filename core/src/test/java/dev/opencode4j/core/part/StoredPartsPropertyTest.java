package dev.opencode4j.core.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StoredPartsPropertyTest {

    @Property(tries = 500)
    void partsComeBackAsTheyWere(@ForAll("parts") List<Part> parts) {
        assertThat(StoredParts.read(StoredParts.write(parts))).isEqualTo(parts);
    }

    @Property(tries = 500)
    void readingBrokenJsonNeverThrows(@ForAll("parts") List<Part> parts, @ForAll int from, @ForAll int length) {
        StringBuilder json = new StringBuilder(StoredParts.write(parts));
        int start = Math.floorMod(from, json.length());
        json.delete(start, start + Math.floorMod(length, 12));
        assertThatCode(() -> StoredParts.read(json.toString())).doesNotThrowAnyException();
    }

    @Property(tries = 500)
    void readingAnyObjectsNeverThrows(@ForAll("objects") List<Map<String, Object>> objects) {
        assertThat(StoredParts.read(Json.of(objects).text())).hasSizeLessThanOrEqualTo(objects.size());
    }

    @Provide
    Arbitrary<List<Part>> parts() {
        return part().list().ofMaxSize(6).map(parts -> {
            List<Part> placed = new ArrayList<>();
            for (Part part : parts) placed.add(part.at(placed.size()));
            return placed;
        });
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> objects() {
        Arbitrary<String> names = Arbitraries.of(
                "type",
                "id",
                "messageID",
                "content",
                "tool",
                "status",
                "input",
                "metadata",
                "raw",
                "url",
                "mime",
                "time");
        Arbitrary<Object> values = Arbitraries.of(
                "text",
                "tool",
                "file",
                "",
                "x y",
                1,
                -1.5,
                true,
                List.of(),
                Map.of(),
                Map.of("start", 1),
                List.of("x"));
        return Arbitraries.maps(names, values).ofMaxSize(12).list().ofMaxSize(4);
    }

    private static Arbitrary<Part> part() {
        Arbitrary<String> ids =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(5);
        Arbitrary<String> messages = ids.optional().map(id -> id.orElse(""));
        Arbitrary<String> texts = Arbitraries.strings().filter(text -> text.indexOf('\0') < 0);
        Arbitrary<String> words = texts.filter(text -> !text.isBlank()).map(text -> text + '.');
        Arbitrary<Json> objects = Arbitraries.maps(ids, words).ofMaxSize(3).map(Json::of);
        return Arbitraries.oneOf(
                Combinators.combine(ids, messages, texts).as((id, in, text) -> new TextPart(id, in, 0, text)),
                Combinators.combine(ids, messages, texts).as((id, in, text) -> new ReasoningPart(id, in, 0, text)),
                Combinators.combine(ids, messages, words.optional())
                        .as((id, in, name) ->
                                new FilePart(id, in, 0, "text/plain", name.orElse(null), URI.create("file:///a"))),
                Combinators.combine(ids, messages, Arbitraries.of("patch", "text", "tool", "file", ""), objects)
                        .as((id, in, type, raw) -> new UnknownPart(id, in, 0, type, raw)),
                tool(ids, words, objects));
    }

    private static Arbitrary<Part> tool(Arbitrary<String> ids, Arbitrary<String> words, Arbitrary<Json> objects) {
        Arbitrary<Instant> times =
                Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
        Arbitrary<ToolPartBuilder> told = Combinators.combine(
                        ids, words.optional(), words.optional(), words.optional(), objects, objects)
                .as((id, title, output, error, input, metadata) -> ToolPart.builder(id)
                        .title(title.orElse(null))
                        .output(output.orElse(null))
                        .error(error.map(text -> Excerpt.of(text, StoredParts.ERROR_LIMIT))
                                .orElse(null))
                        .input(input)
                        .metadata(metadata));
        return Combinators.combine(
                        told,
                        ids.optional(),
                        Arbitraries.of("bash", "invalid", ""),
                        Arbitraries.of("pending", "running", "completed", "error", "paused"),
                        times.optional(),
                        times.optional())
                .as((tool, requestId, name, status, start, end) -> tool.tool(name)
                        .callId(requestId.orElse(""))
                        .requestId(requestId.orElse(null))
                        .status(new ToolStatus(status))
                        .startedAt(start.orElse(null))
                        .finishedAt(end.orElse(null))
                        .build());
    }
}
