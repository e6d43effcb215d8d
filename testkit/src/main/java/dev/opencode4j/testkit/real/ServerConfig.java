package dev.opencode4j.testkit.real;

import java.net.URI;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** OpenCode's configuration: one model, the scripted one, and permissions. */
final class ServerConfig {

    private ServerConfig() {}

    static String json(URI model, Map<String, String> permissions) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("model", "scripted/scripted");
        config.put("small_model", "scripted/scripted");
        config.put("autoupdate", false);
        config.put("share", "disabled");
        ObjectNode provider = config.putObject("provider").putObject("scripted");
        provider.put("npm", "@ai-sdk/openai-compatible");
        provider.put("name", "Scripted");
        provider.putObject("options").put("baseURL", model.toString()).put("apiKey", "none");
        ObjectNode scripted = provider.putObject("models").putObject("scripted");
        scripted.put("name", "Scripted");
        scripted.putObject("limit").put("context", 100_000).put("output", 4_096);
        scripted.putObject("cost")
                .put("input", 1)
                .put("output", 2)
                .put("cache_read", 0.1)
                .put("cache_write", 0.2);
        ObjectNode modalities = scripted.putObject("modalities");
        modalities.putArray("input").add("text").add("image");
        modalities.putArray("output").add("text");
        scripted.put("reasoning", true).put("tool_call", true).put("attachment", true);
        ObjectNode permission = config.putObject("permission");
        permissions.forEach(permission::put);
        return config.toString();
    }
}
