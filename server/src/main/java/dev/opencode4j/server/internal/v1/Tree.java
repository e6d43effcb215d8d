package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.part.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON that comes seldom and is small, as a tree, and forgives odd types: a value that is not what was expected
 * reads as absent. Messages and events are read by {@link JsonReader}.
 */
final class Tree {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Tree() {}

    static JsonNode parse(byte[] body) {
        return MAPPER.readTree(body);
    }

    static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString() : null;
    }

    static String textOr(JsonNode node, String field, String fallback) {
        String value = text(node, field);
        return value == null ? fallback : value;
    }

    static String textOr(JsonNode array, int index) {
        JsonNode value = array.path(index);
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }

    static boolean isTrue(JsonNode node, String field) {
        return node.path(field).isBoolean() && node.path(field).booleanValue();
    }

    static long number(JsonNode node, String field) {
        return node.path(field).asLong(0);
    }

    static BigDecimal decimal(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNumber() ? value.decimalValue() : BigDecimal.ZERO;
    }

    static @Nullable Instant instant(JsonNode node, String field) {
        long millis = number(node, field);
        return millis <= 0 ? null : Instant.ofEpochMilli(millis);
    }

    /** The value as it is; the empty object if there is none. */
    static Json json(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? Json.EMPTY : Json.of(node);
    }

    static List<String> texts(JsonNode array) {
        return list(array, value -> value.isString() ? value.asString() : null);
    }

    /** What {@code reader} makes of each element, nulls left out; empty if this is no array. */
    static <T> List<T> list(JsonNode array, Function<JsonNode, @Nullable T> reader) {
        List<T> values = new ArrayList<>();
        if (array.isArray()) {
            for (JsonNode element : array) {
                T value = reader.apply(element);
                if (value != null) values.add(value);
            }
        }
        return values;
    }
}
