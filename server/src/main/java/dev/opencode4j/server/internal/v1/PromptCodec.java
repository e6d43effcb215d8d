package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.prompt.Attachment;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.model.PromptOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a prompt. */
final class PromptCodec {

    private static final String TYPE = "type";

    private PromptCodec() {}

    static byte[] body(Prompt prompt, PromptOptions options) {
        String messageId = prompt.messageId();
        Model model = prompt.model();
        return new Body()
                .put("messageID", messageId == null ? null : WireId.message(messageId))
                .put("parts", parts(prompt, options))
                .put("model", ModelCodec.ofPrompt(model))
                .put("agent", prompt.agent())
                .flag("noReply", options.delivery() == PromptOptions.Delivery.KEPT)
                .put("tools", tools(prompt))
                .put("format", format(prompt, options))
                .put("system", prompt.system())
                .put("variant", model == null ? null : model.variant())
                .bytes();
    }

    private static JsonNode parts(Prompt prompt, PromptOptions options) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        if (!prompt.text().isBlank()) {
            parts.add(new Body()
                    .put(TYPE, "text")
                    .put("text", prompt.text())
                    .flag("synthetic", options.origin() == PromptOptions.Origin.SYNTHETIC)
                    .node());
        }
        for (Attachment file : prompt.attachments()) {
            parts.add(new Body()
                    .put(TYPE, "file")
                    .put("mime", file.mime())
                    .put("filename", file.filename())
                    .put("url", file.url().toString())
                    .node());
        }
        for (String agent : options.mentions()) {
            parts.add(new Body().put(TYPE, "agent").put("name", agent).node());
        }
        for (PromptOptions.Subtask task : options.subtasks()) {
            parts.add(new Body()
                    .put(TYPE, "subtask")
                    .put("prompt", task.prompt())
                    .put("description", task.description())
                    .put("agent", task.agent())
                    .node());
        }
        String messageId = prompt.messageId();
        if (messageId != null) identify(parts, messageId);
        return parts;
    }

    /** With ids of ours the same message may be posted again: its parts are not added a second time. */
    private static void identify(ArrayNode parts, String messageId) {
        for (int i = 0; i < parts.size(); i++) ((ObjectNode) parts.get(i)).put("id", MessageIds.part(messageId, i));
    }

    private static @Nullable JsonNode tools(Prompt prompt) {
        if (prompt.tools().isEmpty()) return null;
        ObjectNode tools = JsonNodeFactory.instance.objectNode();
        prompt.tools().forEach(tools::put);
        return tools;
    }

    private static @Nullable JsonNode format(Prompt prompt, PromptOptions options) {
        if (prompt.schema() == null) return null;
        return new Body()
                .put(TYPE, "json_schema")
                .put("schema", prompt.schema())
                .put("retryCount", options.schemaRetries())
                .node();
    }
}
