package dev.opencode4j.zen.internal.wire;

import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.json.syntax.JsonNumbers;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the chunks of a streamed answer, and an answer that came in one piece: that one says {@code message} where a
 * chunk says {@code delta}. Only the first choice counts; unknown fields and odd types of known ones say nothing.
 *
 * <p>Not thread-safe: one reader an answer. Text is read without a tree, for it is what chunks are full of.
 */
public final class ChunkReader {

    private final ChunkSink sink;
    private final UnaryOperator<String> redaction;
    private final JsonReader json = new JsonReader();
    private boolean finished;

    private @Nullable String text;
    private @Nullable String reasoning;
    private @Nullable JsonNode calls;
    private @Nullable String finish;

    /**
     * A reader for one answer.
     *
     * @param redaction takes secrets out of what is quoted in an error
     */
    public ChunkReader(ChunkSink sink, UnaryOperator<String> redaction) {
        this.sink = sink;
        this.redaction = redaction;
    }

    /** Whether a chunk has said why the model stopped. */
    public boolean isFinished() {
        return finished;
    }

    /**
     * Reads one chunk.
     *
     * @return false if it is JSON but no object
     * @throws JacksonException if it is no JSON; what stood before the fault has been told
     */
    public boolean read(byte[] chunk, int offset, int length) {
        json.over(chunk, offset, length);
        if (!json.enterObject()) return false;
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            switch (name) {
                case "choices" -> choices();
                case "usage" -> usage(json.raw().node());
                case "cost" -> cost(json.raw().node());
                case "error" -> error(json.raw().node());
            }
        }
        return true;
    }

    private void choices() {
        if (!json.enterArray()) return;
        while (json.nextElement()) choice();
    }

    private void choice() {
        if (!json.enterObject()) return;
        long choice = 0;
        text = null;
        reasoning = null;
        calls = null;
        finish = null;
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            switch (name) {
                case "index" -> choice = json.number();
                case "delta", "message" -> delta();
                case "finish_reason" -> finish = string();
            }
        }
        if (choice == 0) tell();
    }

    private void delta() {
        if (!json.enterObject()) return;
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            switch (name) {
                case "content" -> text = content();
                case "reasoning_content", "reasoning" -> {
                    String more = string();
                    if (more != null) reasoning = more; // Some say both, with the same words.
                }
                case "tool_calls" -> calls = json.raw().node();
            }
        }
    }

    private void tell() {
        if (reasoning != null && !reasoning.isEmpty()) sink.reasoning(reasoning);
        if (text != null && !text.isEmpty()) sink.text(text);
        if (calls != null) tellCalls(calls);
        if (finish != null && !finish.isEmpty()) {
            finished = true;
            sink.finished(finish);
        }
    }

    private void tellCalls(JsonNode list) {
        int position = 0;
        for (JsonNode call : list) {
            JsonNode function = call.path("function");
            JsonNode arguments = function.path("arguments");
            sink.toolCall(new ToolFragment(
                    call.path("index").asInt(position++),
                    call.path("id").asString(""),
                    function.path("name").asString(""),
                    arguments.isObject() ? arguments.toString() : arguments.asString("")));
        }
    }

    /** Text, or as some servers have it a list of parts. */
    private @Nullable String content() {
        if (!json.isAtHand('[')) return string();
        StringBuilder joined = new StringBuilder();
        for (JsonNode part : json.raw().node()) joined.append(part.path("text").asString(""));
        return joined.toString();
    }

    private @Nullable String string() {
        return json.isAtHand('"') ? json.text() : null;
    }

    private void usage(JsonNode usage) {
        if (!usage.isObject()) return;
        sink.used(UsageReader.read(usage));
        cost(usage.path("cost"));
    }

    /** A number, or as some providers send it the text of one. */
    private void cost(JsonNode cost) {
        BigDecimal amount = JsonNumbers.find(cost.asString("")).orElse(BigDecimal.ZERO);
        if (amount.signum() > 0) sink.cost(amount);
    }

    private void error(JsonNode error) {
        if (!error.isNull()) sink.failed(Complaint.read(error).redacted(redaction));
    }
}
