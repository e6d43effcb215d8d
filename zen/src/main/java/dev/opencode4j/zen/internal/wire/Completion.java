package dev.opencode4j.zen.internal.wire;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.zen.internal.schema.StrictForm;
import dev.opencode4j.zen.tool.ToolChoice;
import dev.opencode4j.zen.tool.ToolDefinition;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A request for a completion, always streamed and with its usage.
 *
 * @param model the model's name
 * @param messages the whole conversation
 * @param sampling how the model chooses its words
 * @param schema what the answer has to follow, or null
 * @param tools what the model may call
 * @param choice whether it has to, or null to leave it to the other side
 */
public record Completion(
        String model,
        List<Message> messages,
        Sampling sampling,
        @Nullable Json schema,
        List<ToolDefinition> tools,
        @Nullable ToolChoice choice) {

    /**
     * How a model chooses its words; what is null is left to the other side.
     *
     * @param temperature from 0 to 2
     * @param maxTokens the longest answer
     */
    public record Sampling(
            @Nullable Double temperature, @Nullable Integer maxTokens) {}

    /** The request as JSON. */
    public byte[] json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = Wire.MAPPER.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringProperty("model", model);
            out.writeArrayPropertyStart("messages");
            for (Message message : messages) out.writeRawValue(message.json());
            out.writeEndArray();
            out.writeBooleanProperty("stream", true);
            out.writeObjectPropertyStart("stream_options");
            out.writeBooleanProperty("include_usage", true);
            out.writeEndObject();
            if (sampling.temperature() != null) out.writeNumberProperty("temperature", sampling.temperature());
            if (sampling.maxTokens() != null) out.writeNumberProperty("max_tokens", sampling.maxTokens());
            if (schema != null) responseFormat(out, schema);
            if (!tools.isEmpty()) tools(out);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void responseFormat(JsonGenerator out, Json schema) {
        out.writeObjectPropertyStart("response_format");
        out.writeStringProperty("type", "json_schema");
        out.writeObjectPropertyStart("json_schema");
        out.writeStringProperty("name", "answer");
        raw(out, "schema", schema);
        out.writeBooleanProperty("strict", StrictForm.fits(schema.node()));
        out.writeEndObject();
        out.writeEndObject();
    }

    private void tools(JsonGenerator out) {
        out.writeArrayPropertyStart("tools");
        for (ToolDefinition tool : tools) {
            out.writeStartObject();
            out.writeStringProperty("type", "function");
            out.writeObjectPropertyStart("function");
            out.writeStringProperty("name", tool.name());
            out.writeStringProperty("description", tool.description());
            raw(out, "parameters", tool.parameters());
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
        if (choice != null) choice(out, choice);
    }

    private static void choice(JsonGenerator out, ToolChoice choice) {
        if (choice.name() == null) {
            out.writeStringProperty("tool_choice", choice.mode());
            return;
        }
        out.writeObjectPropertyStart("tool_choice");
        out.writeStringProperty("type", choice.mode());
        out.writeObjectPropertyStart("function");
        out.writeStringProperty("name", choice.name());
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void raw(JsonGenerator out, String name, Json value) {
        out.writeName(name);
        out.writeRawValue(value.text());
    }

    /** Leaves out what is said. */
    @Override
    public String toString() {
        return "Completion[" + model + ", " + messages.size() + " messages]";
    }
}
