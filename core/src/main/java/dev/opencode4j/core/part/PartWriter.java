package dev.opencode4j.core.part;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Writes one part in the form of {@link StoredParts}. */
final class PartWriter {

    private PartWriter() {}

    static ObjectNode write(Part part, JsonMapper mapper) {
        ObjectNode to = mapper.createObjectNode().put("type", typeOf(part));
        putText(to, "id", part.id());
        putText(to, "messageID", part.messageId());
        if (part instanceof TextPart text) {
            to.put("content", text.text());
        } else if (part instanceof ReasoningPart reasoning) {
            to.put("content", reasoning.text());
        } else if (part instanceof ToolPart tool) {
            writeTool(tool, to);
        } else if (part instanceof FilePart file) {
            to.put("mime", file.mime());
            putText(to, "filename", file.filename());
            to.put("url", file.url().toString());
        } else if (part instanceof UnknownPart unknown) {
            to.putRawValue("raw", new RawValue(unknown.raw().text()));
        }
        return to;
    }

    private static String typeOf(Part part) {
        if (part instanceof TextPart) return "text";
        if (part instanceof ReasoningPart) return "reasoning";
        if (part instanceof ToolPart) return "tool";
        return part instanceof UnknownPart unknown ? unknown.type() : "file";
    }

    private static void writeTool(ToolPart tool, ObjectNode to) {
        putText(to, "callID", tool.callId());
        putText(to, "tool", tool.tool());
        putText(to, "status", tool.status().name());
        putText(to, "title", tool.title());
        putJson(to, "input", tool.input());
        putJson(to, "metadata", tool.metadata());
        putText(to, "output", tool.output());
        if (tool.error() != null) putText(to, "error", Excerpt.of(tool.error(), StoredParts.ERROR_LIMIT));
        putText(to, "requestID", tool.requestId());
        if (tool.startedAt() != null || tool.finishedAt() != null) {
            ObjectNode time = to.putObject("time");
            putTime(time, "start", tool.startedAt());
            putTime(time, "end", tool.finishedAt());
        }
    }

    private static void putText(ObjectNode to, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) to.put(name, value);
    }

    private static void putJson(ObjectNode to, String name, Json value) {
        if (!value.isEmpty()) to.putRawValue(name, new RawValue(value.text()));
    }

    private static void putTime(ObjectNode to, String name, @Nullable Instant value) {
        if (value != null) to.put(name, value.toEpochMilli());
    }
}
