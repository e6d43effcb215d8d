package dev.opencode4j.core.part;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads parts in the form of {@link StoredParts}, one after the other, and makes the best of odd ones. */
final class PartReader {

    private final List<Part> parts = new ArrayList<>();
    private int madeOfTodos;

    List<Part> parts() {
        return List.copyOf(parts);
    }

    void read(JsonNode node) {
        if (text(node, "type") == null && !node.has("raw")) return;
        String type = orEmpty(text(node, "type"));
        String messageId = orEmpty(text(node, "messageID"));
        String content = orEmpty(text(node, "content"));
        parts.add(
                switch (node.has("raw") ? "" : type) {
                    case "text" -> new TextPart(id(node), messageId, parts.size(), content);
                    case "reasoning" -> new ReasoningPart(id(node), messageId, parts.size(), content);
                    case "tool" -> tool(node, messageId);
                    case "file" -> file(node, messageId);
                    default -> unknown(node, type, messageId);
                });
    }

    private ToolPart tool(JsonNode node, String messageId) {
        Json metadata = json(node, "metadata");
        boolean isMadeOfTodos = text(node, "id") == null && PartSource.isTodoMetadata(metadata);
        String status = text(node, "status");
        return ToolPart.builder(isMadeOfTodos ? PartSource.todoPartId(++madeOfTodos) : id(node))
                .messageId(messageId)
                .index(parts.size())
                .callId(orEmpty(text(node, "callID")))
                .tool(orEmpty(text(node, "tool")))
                .status(status == null ? ToolStatus.PENDING : new ToolStatus(status))
                .title(text(node, "title"))
                .input(json(node, "input"))
                .metadata(metadata)
                .output(text(node, "output"))
                .error(text(node, "error"))
                .requestId(text(node, "requestID"))
                .startedAt(time(node, "start"))
                .finishedAt(time(node, "end"))
                .build();
    }

    private Part file(JsonNode node, String messageId) {
        String mime = text(node, "mime");
        String url = text(node, "url");
        if (mime != null && url != null) {
            try {
                return new FilePart(id(node), messageId, parts.size(), mime, text(node, "filename"), URI.create(url));
            } catch (IllegalArgumentException noUrl) {
                // Kept below as it is.
            }
        }
        return unknown(node, "file", messageId);
    }

    private UnknownPart unknown(JsonNode node, String type, String messageId) {
        JsonNode raw = node.has("raw") ? node.get("raw") : node;
        return new UnknownPart(id(node), messageId, parts.size(), type, json(raw));
    }

    private String id(JsonNode node) {
        String id = text(node, "id");
        return id == null ? "stored:" + parts.size() : id;
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Json json(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isObject() || value.isArray() ? json(value) : Json.EMPTY;
    }

    private static Json json(JsonNode value) {
        try {
            return Json.of(value);
        } catch (IllegalArgumentException beyondTheBounds) {
            return Json.EMPTY; // Another program's: what it wrote beside is read all the same.
        }
    }

    private static @Nullable Instant time(JsonNode node, String name) {
        JsonNode value = node.path("time").path(name);
        return value.isIntegralNumber() && value.canConvertToLong() ? Instant.ofEpochMilli(value.longValue()) : null;
    }
}
