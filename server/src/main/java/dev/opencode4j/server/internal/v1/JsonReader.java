package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.part.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON token by token and forgives odd types: a value that is not what was expected is skipped and reads as
 * absent. Only text that is no JSON at all makes it throw.
 *
 * <p>Binding to a tree first would cost more than all the rest of an event's way.
 */
final class JsonReader implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNestingDepth(1000)
                            .build())
                    .build())
            .build();

    private final byte[] bytes;
    private final int offset;
    private final JsonParser parser;

    private JsonReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.parser = MAPPER.createParser(bytes, offset, length);
        parser.nextToken();
    }

    /** Reads the JSON value that lies in {@code bytes}. */
    static JsonReader of(byte[] bytes, int offset, int length) {
        return new JsonReader(bytes, offset, length);
    }

    /** Steps into the object at hand; false, and past the value, if it is none. */
    boolean enterObject() {
        return enter(JsonToken.START_OBJECT);
    }

    /** Steps into the array at hand; false, and past the value, if it is none. */
    boolean enterArray() {
        return enter(JsonToken.START_ARRAY);
    }

    private boolean enter(JsonToken start) {
        if (parser.currentToken() == start) return true;
        parser.skipChildren();
        return false;
    }

    /** The next field's name, with its value at hand; null at the object's end. */
    @Nullable
    String nextField() {
        String name = parser.nextName();
        if (name != null) parser.nextToken();
        return name;
    }

    /** Whether there is another element, which is then at hand. */
    boolean nextElement() {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /** The value at hand as text; null, and past it, if it is an object, an array or null. */
    @Nullable
    String text() {
        return switch (parser.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> parser.getString();
            default -> {
                parser.skipChildren();
                yield null;
            }
        };
    }

    /** The value at hand as text; empty if it has none. */
    String textOrEmpty() {
        String text = text();
        return text == null ? "" : text;
    }

    /** The value at hand as a number; zero, and past it, if it is none. */
    BigDecimal decimal() {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            default -> {
                parser.skipChildren();
                yield BigDecimal.ZERO;
            }
        };
    }

    /** The value at hand as a whole number; zero, and past it, if it is none or too large. */
    long number() {
        BigDecimal value = decimal();
        return value.precision() - value.scale() > 18 ? 0 : value.longValue();
    }

    /** The value at hand as milliseconds since 1970; null if it is no positive number. */
    @Nullable
    Instant instant() {
        long millis = number();
        return millis <= 0 ? null : Instant.ofEpochMilli(millis);
    }

    /** Whether the value at hand is {@code true}. */
    boolean isTrue() {
        boolean yes = parser.currentToken() == JsonToken.VALUE_TRUE;
        parser.skipChildren();
        return yes;
    }

    /** Where the value at hand begins, for {@link #since}. */
    int mark() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** What lies between a mark and the end of the value that was read last, as it was sent. */
    Json since(int mark) {
        int end = (int) parser.currentLocation().getByteOffset();
        return Json.verbatim(new String(bytes, offset + mark, end - mark, StandardCharsets.UTF_8));
    }

    /** The value at hand, as it was sent. */
    Json raw() {
        int start = mark();
        parser.skipChildren();
        if (parser.currentToken() == JsonToken.VALUE_STRING) parser.getStringLength(); // Strings are read lazily.
        return since(start);
    }

    /** The object at hand, as it was sent; the empty one, and past the value, if it is none. */
    Json rawObject() {
        if (parser.currentToken() == JsonToken.START_OBJECT) return raw();
        parser.skipChildren();
        return Json.EMPTY;
    }

    /** Whether the value at hand is an object. */
    boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    /** Past the value at hand. */
    void skip() {
        parser.skipChildren();
    }

    @Override
    public void close() {
        parser.close();
    }
}
