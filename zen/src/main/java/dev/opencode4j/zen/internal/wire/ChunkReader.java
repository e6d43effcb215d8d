package dev.opencode4j.zen.internal.wire;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Reads the chunks of a streamed answer, and an answer that came in one piece: that one says {@code message} where a
 * chunk says {@code delta}. Only the first choice counts; unknown fields and odd types of known ones say nothing.
 *
 * <p>Not thread-safe: one reader an answer. Text is pulled from the parser without a tree, for it is what chunks are
 * full of.
 */
public final class ChunkReader {

    private final ChunkSink sink;
    private final UnaryOperator<String> redaction;
    private boolean finished;

    private int choice;
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
    public boolean read(byte[] json, int offset, int length) {
        try (JsonParser parser = Wire.chunk(json, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) return false;
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                switch (name) {
                    case "choices" -> choices(parser);
                    case "usage" -> usage(Wire.MAPPER.readTree(parser));
                    case "cost" -> cost(Wire.MAPPER.readTree(parser));
                    case "error" -> error(Wire.MAPPER.readTree(parser));
                    default -> parser.skipChildren();
                }
            }
            return true;
        }
    }

    private void choices(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) choice(parser);
            else parser.skipChildren();
        }
    }

    private void choice(JsonParser parser) {
        choice = 0;
        text = null;
        reasoning = null;
        calls = null;
        finish = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "index" -> choice = value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : 0;
                case "delta", "message" -> delta(parser);
                case "finish_reason" -> finish = string(parser);
                default -> parser.skipChildren();
            }
        }
        if (choice == 0) tell();
    }

    private void delta(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "content" -> text = content(parser);
                case "reasoning_content", "reasoning" -> {
                    String more = string(parser);
                    if (more != null) reasoning = more; // Some say both, with the same words.
                }
                case "tool_calls" -> calls = Wire.MAPPER.readTree(parser);
                default -> parser.skipChildren();
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
    private static @Nullable String content(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) return string(parser);
        StringBuilder joined = new StringBuilder();
        JsonNode parts = Wire.MAPPER.readTree(parser);
        for (JsonNode part : parts) joined.append(part.path("text").asString(""));
        return joined.toString();
    }

    private static @Nullable String string(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) return parser.getString();
        parser.skipChildren();
        return null;
    }

    private void usage(JsonNode usage) {
        if (!usage.isObject()) return;
        sink.used(UsageReader.read(usage));
        cost(usage.path("cost"));
    }

    private void cost(JsonNode cost) {
        BigDecimal amount = cost.asDecimal(BigDecimal.ZERO);
        if (amount.signum() > 0) sink.cost(amount);
    }

    private void error(JsonNode error) {
        if (!error.isNull()) sink.failed(Complaint.read(error).redacted(redaction));
    }
}
