package dev.opencode4j.core.part;

import dev.opencode4j.core.json.syntax.JsonSyntax;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * The JSON in which parts are kept, in a database for instance: an array in the parts' order.
 *
 * <pre>{@code
 * {"type": "text", "id": "prt_1", "messageID": "msg_1", "content": "..."}
 * {"type": "reasoning", "id": "prt_2", "messageID": "msg_1", "content": "..."}
 * {"type": "tool", "id": "prt_3", "messageID": "msg_1", "callID": "call_1", "tool": "edit", "status": "completed",
 *  "title": "...", "input": {...}, "metadata": {...}, "output": "...", "error": "...", "requestID": "que_1",
 *  "time": {"start": 1795153233558, "end": 1795153233560}}
 * {"type": "file", "id": "prt_4", "messageID": "msg_1", "mime": "image/png", "filename": "a.png", "url": "data:..."}
 * {"type": "patch", "id": "prt_5", "messageID": "msg_1", "raw": {...}}
 * }</pre>
 *
 * <p>What is blank or empty is left out, times are kept to the millisecond, and the index is the place in the array.
 * Parts without an id, as other programs may have stored them, are given one by their place.
 */
public final class StoredParts {

    /** As much of a tool's error as is kept, in characters. */
    public static final int ERROR_LIMIT = 200;

    /** What a part holds may be nested as deep as JSON may be; the part and the array are around it. */
    private static final int AROUND = 2;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(JsonSyntax.MAX_DEPTH + AROUND)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** An escaped NUL, which is not itself behind an escaped backslash. */
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private StoredParts() {}

    /** The JSON form of {@code parts}. NUL characters become U+FFFD: PostgreSQL's {@code jsonb} can't hold them. */
    public static String write(List<? extends Part> parts) {
        ArrayNode array = MAPPER.createArrayNode();
        parts.forEach(part -> array.add(PartWriter.write(part, MAPPER)));
        String json = MAPPER.writeValueAsString(array);
        return json.contains("\\u0000") ? NUL.matcher(json).replaceAll("$1\\\\uFFFD") : json;
    }

    /**
     * The parts that {@code json} holds. Never throws: a part of an unknown type comes back as {@link UnknownPart}, what
     * is no part is left out, and of what is no JSON array nothing comes back.
     */
    public static List<Part> read(String json) {
        PartReader reader = new PartReader();
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root.isArray()) root.forEach(reader::read);
        } catch (JacksonException notJson) {
            return List.of();
        }
        return reader.parts();
    }
}
