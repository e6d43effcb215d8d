package dev.opencode4j.zen.internal.schema;

import tools.jackson.databind.JsonNode;

/**
 * Whether a schema is of the form that servers take under {@code strict}: every object closed, every property required.
 * Others are refused there with a 400, so that strictness is asked for only where it can be had.
 */
public final class StrictForm {

    private StrictForm() {}

    /** Whether {@code schema} and all schemas in it are of that form. */
    public static boolean fits(JsonNode schema) {
        if (schema.isObject() && !objectFits(schema)) return false;
        for (JsonNode child : schema) {
            if (!fits(child)) return false;
        }
        return true;
    }

    private static boolean objectFits(JsonNode schema) {
        JsonNode properties = schema.path("properties");
        boolean isObject = schema.path("type").asString("").equals("object") || properties.isObject();
        if (!isObject) return true;
        JsonNode closed = schema.path("additionalProperties");
        if (!closed.isBoolean() || closed.booleanValue()) return false;
        JsonNode required = schema.path("required");
        return properties.propertyStream().allMatch(property -> lists(required, property.getKey()));
    }

    private static boolean lists(JsonNode required, String name) {
        return required.valueStream().anyMatch(item -> item.asString("").equals(name));
    }
}
