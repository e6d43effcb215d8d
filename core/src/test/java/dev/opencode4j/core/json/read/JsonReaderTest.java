package dev.opencode4j.core.json.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what Jackson reads, and refuses what it refuses. */
class JsonReaderTest {

    private static final JsonMapper JACKSON = JsonMapper.builder().build();
    private static final Path RECORDINGS = Path.of("../testkit/src/main/resources/dev/opencode4j/testkit/recordings");

    static Stream<String> recordedEvents() throws IOException {
        try (Stream<Path> files = Files.walk(RECORDINGS)) {
            List<Path> streams =
                    files.filter(file -> file.toString().endsWith(".sse")).toList();
            return streams.stream()
                    .flatMap(JsonReaderTest::lines)
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring(6));
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readsRecordedEventsAsJacksonDoes() throws IOException {
        assertThat(recordedEvents()).allSatisfy(json -> assertThat(tree(json)).isEqualTo(JACKSON.readTree(json)));
    }

    @Test
    void takesNoEventThatEndsEarlyForAWholeOne() throws IOException {
        String longest = recordedEvents().max((a, b) -> a.length() - b.length()).orElseThrow();
        byte[] bytes = longest.getBytes(UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> tree(bytes, cut)).isInstanceOf(JacksonException.class);
            assertThatThrownBy(() -> JsonReader.of(bytes, 0, cut).skip()).isInstanceOf(JacksonException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{,}",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{\"a\":}",
                "{1:2}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "nul",
                "tru",
                "falsey",
                "<html>",
                "x",
                "{\"a\":1]",
                "[1}",
                "\"a",
                "{\"a\":\"b}",
                "[01]",
                "[1.]",
                "[.1]",
                "[1e]",
                "[--1]",
                "[+1]",
                "[1e1000]",
                "[1e-1000]",
                "[1E99999999999999999999]",
                "[\"\u0001\"]",
                "[\u000b1]"
            })
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> tree(text)).isInstanceOf(JacksonException.class);
        byte[] bytes = text.getBytes(UTF_8);
        assertThatThrownBy(() -> JsonReader.of(bytes, 0, bytes.length).skip()).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x", "\\u12", "\\u12G4", "\\"})
    void refusesEscapesThatAreNone(String inside) {
        assertThatThrownBy(() -> tree("[\"" + inside + "\"]")).isInstanceOf(JacksonException.class);
    }

    @Test
    void refusesTheSameDepthAsJackson() {
        String deepest = "[".repeat(500) + "]".repeat(500);
        assertThat(tree(deepest)).isEqualTo(JACKSON.readTree(deepest));
        assertThat(JsonReader.of(deepest.getBytes(UTF_8), 0, 1000).raw().node()).isEqualTo(JACKSON.readTree(deepest));
        String tooDeep = '[' + deepest + ']';
        assertThatThrownBy(() -> JACKSON.readTree(tooDeep)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> tree(tooDeep)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> JsonReader.of(tooDeep.getBytes(UTF_8), 0, 1002).raw())
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        byte[] deep = "[".repeat(100_000).getBytes(UTF_8);
        assertThatThrownBy(() -> JsonReader.of(deep, 0, deep.length).skip()).isInstanceOf(JacksonException.class);
    }

    @Test
    void keepsHalfASurrogatePairForTheNextDeltaToComplete() {
        String first = JsonReader.of("\"a\\ud83d\"".getBytes(UTF_8), 0, 9).text();
        String second = JsonReader.of("\"\\ude00b\"".getBytes(UTF_8), 0, 9).text();
        assertThat(first + second).isEqualTo("a\uD83D\uDE00b");
    }

    @Test
    void readsWhateverJacksonWritesWhereverItLies() {
        Random random = new Random(11);
        for (int run = 0; run < 3_000; run++) {
            JsonNode value = anything(random, 4);
            byte[] json = (random.nextBoolean() ? value.toString() : value.toPrettyString()).getBytes(UTF_8);
            int offset = random.nextInt(12);
            byte[] around = new byte[offset + json.length + random.nextInt(12)];
            new Random(run).nextBytes(around);
            System.arraycopy(json, 0, around, offset, json.length);
            assertThat(tree(JsonReader.of(around, offset, json.length))).isEqualTo(JACKSON.readTree(json));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void tellsNamesOfAnyLengthApart(String name) {
        Map<String, Integer> others = new LinkedHashMap<>();
        for (int i = 0; i <= name.length(); i++) others.put(name.substring(0, i) + '~' + name.substring(i), i);
        others.put(name, -1);
        byte[] json = JACKSON.writeValueAsBytes(others);
        for (int round = 0; round < 2; round++) {
            assertThat(tree(JsonReader.of(json, 0, json.length))).isEqualTo(JACKSON.readTree(json));
        }
    }

    static Stream<String> names() {
        return Stream.iterate("", name -> name.length() < 40, name -> name + (char) ('a' + name.length() % 26));
    }

    private static JsonNode anything(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.booleanNode(random.nextBoolean());
            case 2 -> nodes.numberNode(random.nextLong() >> random.nextInt(64));
            case 3 -> nodes.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
            case 4, 5 -> nodes.stringNode(anyText(random));
            case 6 -> {
                ArrayNode array = nodes.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) array.add(anything(random, depth - 1));
                yield array;
            }
            default -> {
                ObjectNode object = nodes.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) object.set(anyText(random), anything(random, depth - 1));
                yield object;
            }
        };
    }

    private static String anyText(Random random) {
        int[] points = {'"', '\\', '\n', '\t', 0, 0x1F, '/', 'a', ' ', '{', ']', 0x7F, 0xE9, 0x20AC, 0x1F600};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) text.appendCodePoint(points[random.nextInt(points.length)]);
        return text.toString();
    }

    private static JsonNode tree(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return tree(bytes, bytes.length);
    }

    private static JsonNode tree(byte[] bytes, int length) {
        return tree(JsonReader.of(bytes, 0, length));
    }

    private static JsonNode tree(JsonReader json) {
        if (json.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            json.enterObject();
            String field;
            while ((field = json.nextField()) != null) object.set(field, tree(json));
            return object;
        }
        if (json.isAtHand('[')) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            json.enterArray();
            while (json.nextElement()) array.add(tree(json));
            return array;
        }
        if (json.isAtHand('"')) return JsonNodeFactory.instance.stringNode(json.text());
        return JACKSON.readTree(json.raw().text());
    }

    @Test
    void takesWholeNumbersOfAnyAmountAndNoneThatIsTooLarge() {
        assertThat(number("9007199254740993")).isEqualTo(9007199254740993L);
        assertThat(number("1.5e3")).isEqualTo(1500);
        assertThat(number("-7")).isEqualTo(-7);
        assertThat(number("1e999")).isZero();
        assertThat(number("1e-999")).isZero();
    }

    private static long number(String json) {
        return JsonReader.of(json.getBytes(UTF_8), 0, json.length()).number();
    }
}
