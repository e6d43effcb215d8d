package dev.opencode4j.testkit.impostor;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The impostor's JSON. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static JsonNode parse(String text) {
        return text.isBlank() ? MissingNode.getInstance() : MAPPER.readTree(text);
    }

    /** The JSON, or a missing node if the text is none: a test may send what it likes. */
    static JsonNode lenient(String text) {
        try {
            return parse(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    static JsonNode valueOf(Object value) {
        return MAPPER.valueToTree(value);
    }

    static String pretty(String json) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(MAPPER.readTree(json));
    }
}
