package dev.opencode4j.testkit.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Collects the answer and sends it as one JSON object. */
final class WholeVoice implements Voice {

    private final Connection connection;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thought = new StringBuilder();
    private final ArrayNode calls = Completion.NODES.arrayNode();

    WholeVoice(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void say(String more) {
        text.append(more);
    }

    @Override
    public void think(String more) {
        thought.append(more);
    }

    @Override
    public void call(String tool, String arguments) {
        calls.add(Completion.call(tool, arguments));
    }

    @Override
    public void finish(String reason, int promptTokens) throws IOException {
        ObjectNode answer = new Completion("chat.completion").frame();
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        ObjectNode message =
                choice.putObject("message").put("role", "assistant").put("content", text.toString());
        if (!thought.isEmpty()) {
            message.put("reasoning_content", thought.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        choice.put("finish_reason", reason);
        answer.set("usage", Completion.usage(promptTokens));
        connection.respond(200, Map.of(), answer.toString().getBytes(UTF_8));
    }
}
