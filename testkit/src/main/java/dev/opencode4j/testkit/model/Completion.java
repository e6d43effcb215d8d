package dev.opencode4j.testkit.model;

import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of chat completions that a stream of chunks and a whole answer share. */
final class Completion {

    static final JsonMapper JSON = JsonMapper.builder().build();
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static final int PROMPT_TOKENS = 100;

    private final String id = "chatcmpl-" + UUID.randomUUID();
    private final String object;

    Completion(String object) {
        this.object = object;
    }

    ObjectNode frame() {
        ObjectNode frame = NODES.objectNode();
        frame.put("id", id);
        frame.put("object", object);
        frame.put("created", System.currentTimeMillis() / 1000);
        frame.put("model", "scripted");
        return frame;
    }

    static ObjectNode call(String tool, String arguments) {
        ObjectNode call = NODES.objectNode();
        call.put("id", "call_" + UUID.randomUUID().toString().replace("-", ""));
        call.put("type", "function");
        call.putObject("function").put("name", tool).put("arguments", arguments);
        return call;
    }

    /** Unless told otherwise every answer says that it cost the same, so that a test can add steps up. */
    static ObjectNode usage(int promptTokens) {
        ObjectNode usage = NODES.objectNode();
        usage.put("prompt_tokens", promptTokens);
        usage.put("completion_tokens", 20);
        usage.put("total_tokens", promptTokens + 20);
        usage.putObject("prompt_tokens_details").put("cached_tokens", 10);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", 5);
        return usage;
    }
}
