package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.part.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request's body, in the order of the calls; what is null is left out. */
final class Body {

    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    Body put(String field, @Nullable String value) {
        if (value != null) node.put(field, value);
        return this;
    }

    Body put(String field, @Nullable Json value) {
        return value == null ? this : put(field, value.node());
    }

    Body put(String field, @Nullable Integer value) {
        if (value != null) node.put(field, value);
        return this;
    }

    Body put(String field, @Nullable JsonNode value) {
        if (value != null) node.set(field, value);
        return this;
    }

    Body put(String field, long value) {
        node.put(field, value);
        return this;
    }

    /** Says {@code true}, or nothing. */
    Body flag(String field, boolean value) {
        if (value) node.put(field, true);
        return this;
    }

    JsonNode node() {
        return node;
    }

    byte[] bytes() {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
