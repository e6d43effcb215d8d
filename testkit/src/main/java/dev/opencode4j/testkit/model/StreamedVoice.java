package dev.opencode4j.testkit.model;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Sends each chunk the moment it is made. */
final class StreamedVoice implements Voice {

    private static final int ARGUMENT_PIECE = 20;

    private final Connection connection;
    private final Pacing pacing;
    private final Completion completion = new Completion("chat.completion.chunk");
    private boolean opened;
    private int calls;

    StreamedVoice(Connection connection, Pacing pacing) {
        this.connection = connection;
        this.pacing = pacing;
    }

    @Override
    public void say(String text) throws IOException {
        send(delta().put("content", text), null);
    }

    @Override
    public void think(String text) throws IOException {
        send(delta().put("reasoning_content", text), null);
    }

    @Override
    public void call(String tool, String arguments) throws IOException, InterruptedException {
        ObjectNode head = delta();
        head.putArray("tool_calls").add(Completion.call(tool, "").put("index", calls));
        send(head, null);
        for (int from = 0; from < arguments.length(); from += ARGUMENT_PIECE) {
            String piece = arguments.substring(from, Math.min(arguments.length(), from + ARGUMENT_PIECE));
            ObjectNode delta = delta();
            delta.putArray("tool_calls")
                    .addObject()
                    .put("index", calls)
                    .putObject("function")
                    .put("arguments", piece);
            pacing.betweenChunks();
            send(delta, null);
        }
        calls++;
    }

    @Override
    public void finish(String reason, int promptTokens) throws IOException {
        send(delta(), reason);
        ObjectNode usage = completion.frame();
        usage.putArray("choices");
        usage.set("usage", Completion.usage(promptTokens));
        connection.sendFrame(usage.toString());
        connection.sendFrame("[DONE]");
        connection.endStream();
    }

    private ObjectNode delta() {
        ObjectNode delta = Completion.NODES.objectNode();
        return opened ? delta : delta.put("role", "assistant");
    }

    private void send(ObjectNode delta, @Nullable String finishReason) throws IOException {
        if (!opened) {
            connection.openStream();
            opened = true;
        }
        ObjectNode frame = completion.frame();
        ObjectNode choice = frame.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finishReason);
        connection.sendFrame(frame.toString());
    }
}
