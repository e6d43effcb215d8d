package dev.opencode4j.zen.internal.wire;

import dev.opencode4j.core.prompt.Attachment;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One message of a conversation, written once and sent with every request after it.
 *
 * @param json its JSON text
 */
public record Message(String json) {

    /** What the model is told to be. */
    public static Message system(String text) {
        return of(message("system").put("content", text));
    }

    /** What the user says and shows. */
    public static Message user(String text, List<Attachment> images) {
        ObjectNode message = message("user");
        if (images.isEmpty()) return of(message.put("content", text));
        ArrayNode content = message.putArray("content");
        if (!text.isEmpty()) content.addObject().put("type", "text").put("text", text);
        for (Attachment image : images) {
            content.addObject()
                    .put("type", "image_url")
                    .putObject("image_url")
                    .put("url", image.url().toString());
        }
        return of(message);
    }

    /** What the model said and called. */
    public static Message assistant(String text, List<ToolCall> calls) {
        ObjectNode message = message("assistant");
        if (calls.isEmpty()) return of(message.put("content", text));
        if (text.isEmpty()) message.putNull("content");
        else message.put("content", text);
        ArrayNode list = message.putArray("tool_calls");
        for (ToolCall call : calls) {
            list.addObject()
                    .put("id", call.id())
                    .put("type", "function")
                    .putObject("function")
                    .put("name", call.name())
                    .put("arguments", call.arguments());
        }
        return of(message);
    }

    /** What came of a call. */
    public static Message tool(String callId, String result) {
        return of(message("tool").put("tool_call_id", callId).put("content", result));
    }

    private static ObjectNode message(String role) {
        return JsonNodeFactory.instance.objectNode().put("role", role);
    }

    private static Message of(ObjectNode node) {
        return new Message(Wire.MAPPER.writeValueAsString(node));
    }

    /** Leaves out what was said. */
    @Override
    public String toString() {
        return "Message";
    }
}
