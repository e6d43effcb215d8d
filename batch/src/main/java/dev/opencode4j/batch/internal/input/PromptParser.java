package dev.opencode4j.batch.internal.input;

import dev.opencode4j.batch.BadLine;
import dev.opencode4j.batch.BatchPrompt;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Model;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads lines such as {@code {"id":"1","prompt":"Hi"}}. Fields it does not know are the user's own. */
final class PromptParser {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    Line parse(byte[] line, long number) {
        try {
            JsonNode node = MAPPER.readTree(line);
            return node.isMissingNode() ? new Line.Blank() : new Line.Good(prompt(node));
        } catch (JacksonException e) {
            return bad(number, "no JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return bad(number, String.valueOf(e.getMessage()));
        }
    }

    private static Line bad(long number, String reason) {
        return new Line.Bad(new BadLine(number, reason));
    }

    private static BatchPrompt prompt(JsonNode node) {
        if (!node.isObject()) throw new IllegalArgumentException("must be a JSON object");
        String model = text(node, "model");
        JsonNode schema = node.path("schema");
        if (!schema.isMissingNode() && !schema.isNull() && !schema.isObject()) {
            throw new IllegalArgumentException("schema: must be an object");
        }
        return new BatchPrompt(
                needed(node, "id"),
                needed(node, "prompt"),
                model == null ? null : Model.of(model),
                text(node, "agent"),
                schema.isObject() ? Json.of(schema) : null);
    }

    private static String needed(JsonNode node, String field) {
        String text = text(node, field);
        if (text == null) throw new IllegalArgumentException(field + ": is missing");
        return text;
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) return null;
        if (!value.isString()) throw new IllegalArgumentException(field + ": must be a string");
        return value.asString();
    }
}
