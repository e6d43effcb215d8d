package dev.opencode4j.zen.internal.wire;

import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.part.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

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
    private List<ToolFragment> calls = List.of();
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
                case "usage" -> usage();
                case "cost" -> cost(CostReader.read(json));
                case "error" -> error(json.raw());
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
        calls = List.of();
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
                case "tool_calls" -> calls = ToolCallReader.read(json);
            }
        }
    }

    private void tell() {
        if (reasoning != null && !reasoning.isEmpty()) sink.reasoning(reasoning);
        if (text != null && !text.isEmpty()) sink.text(text);
        calls.forEach(sink::toolCall);
        if (finish != null && !finish.isEmpty()) {
            finished = true;
            sink.finished(finish);
        }
    }

    /** Text, or as some servers have it a list of parts. */
    private @Nullable String content() {
        if (!json.isAtHand('[')) return string();
        StringBuilder joined = new StringBuilder();
        if (!json.enterArray()) return null;
        while (json.nextElement()) {
            if (json.enterObject()) textOfPart(joined);
        }
        return joined.toString();
    }

    private @Nullable String string() {
        return json.isAtHand('"') ? json.text() : null;
    }

    private void textOfPart(StringBuilder joined) {
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            if (name.equals("text") && json.isAtHand('"')) joined.append(json.text());
        }
    }

    private void usage() {
        if (!json.enterObject()) return;
        UsageReader usage = new UsageReader(json);
        sink.used(usage.usage());
        cost(usage.cost());
    }

    private void cost(BigDecimal amount) {
        if (amount.signum() > 0) sink.cost(amount);
    }

    private void error(Json error) {
        if (!error.text().equals("null")) sink.failed(Complaint.read(error).redacted(redaction));
    }
}
