package dev.opencode4j.core.json.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.json.syntax.JsonSyntax;
import dev.opencode4j.core.part.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is accepted here Jackson accepts, with equal value, and the reverse, whether it is read, skipped or kept as it
 * is. Bytes that are no UTF-8 are what a browser's decoder makes of them.
 */
class JsonEqualityPropertyTest {

    private static final Object REFUSED = "refused";

    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Jackson looks at eight bits of a digit in an escape, and takes {@code \u005cu000\u0761} for {@code \u005cu000a} (3.1.7). */
    private static final Pattern FOREIGN_DIGIT = Pattern.compile("\\\\u[0-9a-fA-F]{0,3}[^\\x00-\\x7f]");

    @Property(tries = 5_000, shrinking = ShrinkingMode.BOUNDED)
    void ofGeneratedDocuments(@ForAll("documents") String json) {
        assertThat(both(json.getBytes(UTF_8))).isNotEqualTo(REFUSED);
    }

    @Property(tries = 20_000, shrinking = ShrinkingMode.BOUNDED)
    void ofMutatedDocuments(@ForAll("documents") String json, @ForAll("mutations") List<Mutation> mutations) {
        byte[] bytes = json.getBytes(UTF_8);
        for (Mutation mutation : mutations) bytes = mutation.of(bytes);
        both(bytes);
    }

    @Property(tries = 20_000, shrinking = ShrinkingMode.BOUNDED)
    void ofTokensInAnyOrder(@ForAll("tokens") String json) {
        both(json.getBytes(UTF_8));
    }

    /** What all make of it, which is the same. */
    private static Object both(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        if (isBeyondTheBounds(text) || FOREIGN_DIGIT.matcher(text).find()) return REFUSED;
        Object expected = jackson(text);
        assertThat(read(bytes)).as("read: %s", text).isEqualTo(expected);
        assertThat(isAccepted(() -> Json.parse(text))).as("kept: %s", text).isEqualTo(expected != REFUSED);
        Json raw = raw(bytes);
        assertThat(raw == null ? REFUSED : value(JACKSON.readTree(raw.text())))
                .as("raw: %s", text)
                .isEqualTo(expected);
        return expected;
    }

    /** Jackson reads numbers of any amount, or breaks on them in ways of its own. */
    private static boolean isBeyondTheBounds(String text) {
        try {
            JsonSyntax.check(text);
            return false;
        } catch (StreamReadException e) {
            return e.getOriginalMessage().contains("a number's exponent")
                    || e.getOriginalMessage().contains("a number is too long");
        }
    }

    private static Object jackson(String text) {
        try {
            JsonNode tree = JACKSON.readTree(text);
            return tree.isMissingNode() ? REFUSED : value(tree);
        } catch (JacksonException e) {
            return REFUSED;
        }
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
            return fields;
        }
        if (node.isArray())
            return node.valueStream().map(JsonEqualityPropertyTest::value).toList();
        if (node.isNumber()) return node.decimalValue().stripTrailingZeros();
        return node.isString() ? '"' + node.stringValue() : node.asString();
    }

    private static Object read(byte[] bytes) {
        JsonCursor whole = new JsonCursor();
        whole.over(bytes, 0, bytes.length);
        try {
            whole.skipValue();
            return whole.position() == bytes.length ? value(JsonReader.of(bytes, 0, bytes.length)) : REFUSED;
        } catch (JacksonException e) {
            assertThat(isAccepted(() -> value(JsonReader.of(bytes, 0, bytes.length))))
                    .as("skipped, but not read")
                    .isFalse();
            return REFUSED;
        }
    }

    private static Object value(JsonReader json) {
        if (json.isObject()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            json.enterObject();
            String field;
            while ((field = json.nextField()) != null) fields.put(field, value(json));
            return fields;
        }
        if (json.isAtHand('[')) {
            List<Object> elements = new ArrayList<>();
            json.enterArray();
            while (json.nextElement()) elements.add(value(json));
            return elements;
        }
        if (json.isAtHand('"')) return '"' + json.textOrEmpty();
        if (json.isAtHand('n')) {
            json.skip();
            return "";
        }
        if (json.isAtHand('t') || json.isAtHand('f')) return json.textOrEmpty();
        BigDecimal number = json.decimal();
        return number.stripTrailingZeros();
    }

    private static @Nullable Json raw(byte[] bytes) {
        JsonReader json = JsonReader.of(bytes, 0, bytes.length);
        try {
            Json raw = json.raw();
            return json.mark() == bytes.length ? raw : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static boolean isAccepted(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (JacksonException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Something else at a place of a document. */
    record Mutation(int place, int length, String otherBytes) {

        byte[] of(byte[] bytes) {
            byte[] other = otherBytes.getBytes(ISO_8859_1);
            int from = bytes.length == 0 ? 0 : place % (bytes.length + 1);
            int to = Math.min(bytes.length, from + length);
            byte[] mutated = new byte[from + other.length + bytes.length - to];
            System.arraycopy(bytes, 0, mutated, 0, from);
            System.arraycopy(other, 0, mutated, from, other.length);
            System.arraycopy(bytes, to, mutated, from + other.length, bytes.length - to);
            return mutated;
        }
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        Arbitrary<String> tokens = tokens().map(text -> new String(text.getBytes(UTF_8), ISO_8859_1));
        Arbitrary<String> bytes = Arbitraries.chars()
                .range('\0', '\u00ff')
                .list()
                .ofMaxSize(3)
                .map(all -> all.stream().map(String::valueOf).collect(Collectors.joining()));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5_000),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.oneOf(tokens, bytes))
                .as(Mutation::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"",
                        "\\",
                        "\\u",
                        "\\u00e9",
                        "\\x",
                        "\"a\"",
                        "0",
                        "-",
                        "1",
                        ".",
                        "e",
                        "E+",
                        "999",
                        "1000",
                        "true",
                        "null",
                        "nul",
                        "\u0000",
                        "\u001f",
                        "\u007f",
                        " ",
                        "\t",
                        "\f",
                        "\u00e4",
                        "\ud83d\ude00",
                        "NaN",
                        "'",
                        "//")
                .list()
                .ofMaxSize(12)
                .map(tokens -> String.join("", tokens));
    }

    @Provide
    Arbitrary<String> documents() {
        return document(4);
    }

    private static Arbitrary<String> document(int depth) {
        Arbitrary<String> leaf = Arbitraries.oneOf(
                Arbitraries.of("null", "true", "false", "0", "-0", "1e999", "1e-999", "-1.50E+7", "9".repeat(1000)),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.bigDecimals().ofScale(12).map(BigDecimal::toString),
                text());
        if (depth == 0) return leaf;
        Arbitrary<String> inner = Arbitraries.lazy(() -> document(depth - 1));
        Arbitrary<String> blank = Arbitraries.of("", "", " ", "\n", "\t ", "\r\n");
        Arbitrary<String> array = inner.list().ofMaxSize(4).map(all -> '[' + String.join(",", all) + ']');
        Arbitrary<String> field = Combinators.combine(text(), blank, inner)
                .as((name, space, value) -> space + name + space + ':' + space + value);
        Arbitrary<String> object = field.list().ofMaxSize(4).map(all -> '{' + String.join(",", all) + '}');
        return Combinators.combine(blank, Arbitraries.oneOf(leaf, array, object), blank)
                .as((before, value, after) -> before + value + after);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.of(
                        "a",
                        "type",
                        "sessionID",
                        "properties",
                        "\\n",
                        "\\\"",
                        "\\\\",
                        "\\/",
                        "\\u0000",
                        "\\ud83d",
                        "\\ude00",
                        "\u00e4",
                        "\u2603",
                        "\ud83d\ude00",
                        "{",
                        "]",
                        " ",
                        "\u007f")
                .list()
                .ofMaxSize(8)
                .map(pieces -> '"' + String.join("", pieces) + '"');
    }
}
