package dev.opencode4j.server.internal.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The head that is skimmed off an event is the one that a real JSON parser finds in it. */
class EventHeadPropertyTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> TYPES =
            List.of("message.updated", "session.created", "session.idle", "message.part.delta", "n\u00e4u \u2603");

    @Property(tries = 3000, shrinking = ShrinkingMode.BOUNDED)
    void isWhatJacksonFinds(@ForAll("events") ObjectNode event, @ForAll boolean pretty, @ForAll boolean escaped) {
        String json = pretty ? event.toPrettyString() : event.toString();
        if (escaped) json = json.replace("/", "\\/");
        byte[] bytes = ("##" + json + "##").getBytes(StandardCharsets.UTF_8);
        EventHead head = new EventHead();
        boolean isEvent = head.read(bytes, 2, bytes.length - 4);
        String type = text(event.path("type"));
        assertThat(isEvent).isEqualTo(type != null);
        if (type == null) return;
        assertThat(head.type()).isEqualTo(type);
        assertThat(head.sessionId()).isEqualTo(session(event.path("properties")));
        if (type.equals("session.created")) {
            assertThat(head.parentId())
                    .isEqualTo(text(event.path("properties").path("info").path("parentID")));
        }
    }

    @Property(tries = 3000, shrinking = ShrinkingMode.BOUNDED)
    void isTheSameWhereTheWholeServersStreamWrapsTheEvent(
            @ForAll("events") ObjectNode event, @ForAll boolean pretty, @ForAll boolean withDirectory) {
        ObjectNode wrapped = MAPPER.createObjectNode();
        if (withDirectory) wrapped.put("directory", "/a/\u00e4 \"b\"").put("project", "global");
        wrapped.set("payload", event);
        byte[] bytes = ("#" + (pretty ? wrapped.toPrettyString() : wrapped) + "#").getBytes(StandardCharsets.UTF_8);
        EventHead head = new EventHead();
        boolean isEvent = head.read(bytes, 1, bytes.length - 2);
        byte[] plain = event.toString().getBytes(StandardCharsets.UTF_8);
        EventHead same = new EventHead();
        assertThat(isEvent).isEqualTo(same.read(plain, 0, plain.length));
        if (!isEvent) return;
        assertThat(head.type()).isEqualTo(same.type());
        assertThat(head.sessionId()).isEqualTo(same.sessionId());
        assertThat(head.idLength() > 0).isEqualTo(same.idLength() > 0);
        assertThat(EventReader.directory(head, bytes, 1, bytes.length - 2))
                .isEqualTo(withDirectory ? "/a/\u00e4 \"b\"" : null);
        assertThat(EventReader.whole(head, bytes, 1, bytes.length - 2).node()).isEqualTo(event);
        assertThat(EventReader.directory(same, plain, 0, plain.length)).isNull();
    }

    @Property(tries = 3000, shrinking = ShrinkingMode.BOUNDED)
    void isNothingOrWhatJacksonFindsWhenTheEventIsCut(
            @ForAll("events") ObjectNode event, @ForAll @IntRange(max = 400) int cut) {
        byte[] whole = event.toString().getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(whole, Math.min(cut, whole.length));
        EventHead head = new EventHead();
        if (!isRead(head, bytes)) return;
        assertThat(head.type()).isEqualTo(text(event.path("type")));
        if (head.sessionId() != null) assertThat(head.sessionId()).isEqualTo(session(event.path("properties")));
        assertThat(head.idOffset() + head.idLength()).isLessThanOrEqualTo(bytes.length);
    }

    @Property(tries = 5000)
    void isReadOrRefusedWhateverTheBytes(@ForAll("bytes") byte[] bytes) {
        EventHead head = new EventHead();
        isRead(head, bytes);
        assertThat(head.idOffset() + head.idLength()).isLessThanOrEqualTo(bytes.length);
    }

    @Property(tries = 3000)
    void isReadOrRefusedWhateverIsOverwritten(
            @ForAll("events") ObjectNode event, @ForAll @Size(max = 5) List<@IntRange(max = 500) Integer> where) {
        byte[] bytes = event.toString().getBytes(StandardCharsets.UTF_8);
        for (int at : where) bytes[at % bytes.length] = (byte) "\"\\{}[],:x ".charAt(at % 10);
        isRead(new EventHead(), bytes);
    }

    private static boolean isRead(EventHead head, byte[] bytes) {
        try {
            return head.read(bytes, 0, bytes.length);
        } catch (JacksonException broken) {
            return false;
        }
    }

    private static @Nullable String text(JsonNode value) {
        return value.isString() ? value.asString() : null;
    }

    private static @Nullable String session(JsonNode properties) {
        for (JsonNode place : List.of(properties, properties.path("info"), properties.path("part"))) {
            String id = text(place.path("sessionID"));
            if (id != null) return id;
        }
        String own = text(properties.path("info").path("id"));
        return own != null && own.startsWith("ses_") ? own : null;
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"",
                        "\\",
                        ":",
                        ",",
                        "type",
                        "properties",
                        "sessionID",
                        "info",
                        "1",
                        "\u0000",
                        "\u00e9",
                        " ")
                .list()
                .ofMaxSize(40)
                .map(all -> String.join("", all).getBytes(StandardCharsets.UTF_8));
    }

    /** What an event may hold that looks like its head and is not. */
    private static Arbitrary<JsonNode> decoy() {
        return Arbitraries.of(
                        "{\"sessionID\":\"ses_decoy\",\"type\":\"decoy\",\"info\":{\"sessionID\":\"ses_decoy\"}}",
                        "[{\"sessionID\":\"ses_decoy\"},[\"}\",{\"parentID\":\"ses_decoy\"}]]",
                        "\"\\\"sessionID\\\":\\\"ses_decoy\\\",\\\\\"",
                        "\"}}]],{\\\"type\\\":\\\"decoy\\\"\"",
                        "\"a/b \u00e4\u00f6 \u2603 \\ud83d\\ude00\"",
                        "-1.5e10",
                        "true",
                        "null",
                        "{}",
                        "[]")
                .map(MAPPER::readTree);
    }

    @Provide
    Arbitrary<ObjectNode> events() {
        Arbitrary<Map<String, JsonNode>> decoys = Arbitraries.maps(
                        Arbitraries.of("a", "state", "input", "sessionid", "\u00fc", "q\"uote"), decoy())
                .ofMaxSize(4);
        Arbitrary<Integer> shape = Arbitraries.integers().between(0, 6);
        return Combinators.combine(Arbitraries.of(TYPES), shape, decoys, decoys, decoys, Arbitraries.longs())
                .as(EventHeadPropertyTest::event);
    }

    private static ObjectNode event(
            String type,
            int shape,
            Map<String, JsonNode> outer,
            Map<String, JsonNode> middle,
            Map<String, JsonNode> inner,
            long seed) {
        ObjectNode event = MAPPER.createObjectNode();
        ObjectNode properties = MAPPER.createObjectNode();
        ObjectNode nested = MAPPER.createObjectNode();
        inner.forEach(nested::set);
        middle.forEach(properties::set);
        outer.forEach(event::set);
        if (shape <= 1) properties.put("sessionID", "ses_1");
        if (shape >= 1 && shape <= 3) nested.put("sessionID", "ses_1");
        if (shape == 4) nested.put("id", "ses_1").put("parentID", "ses_0");
        if (shape == 5) nested.put("id", "msg_1").putArray("sessionID").add("ses_decoy");
        if (shape <= 5) properties.set(shape == 3 ? "part" : "info", nested);
        else properties.put("info", "a string");
        event.put("id", "evt_1");
        event.put("type", type);
        event.set("properties", properties);
        Random random = new Random(seed);
        return (ObjectNode) shuffled(event, random);
    }

    private static JsonNode shuffled(JsonNode node, Random random) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = MAPPER.createArrayNode();
            array.forEach(element -> copy.add(shuffled(element, random)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) return node;
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
        Collections.shuffle(fields, random);
        ObjectNode copy = MAPPER.createObjectNode();
        fields.forEach(field -> copy.set(field.getKey(), shuffled(field.getValue(), random)));
        return copy;
    }
}
