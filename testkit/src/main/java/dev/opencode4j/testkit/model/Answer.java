package dev.opencode4j.testkit.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the model does with one request: an immutable sequence of moves, each method returning a longer one.
 *
 * <pre>{@code
 * Answer.empty().say("Let me see. ").pause(Duration.ofMillis(50)).call("bash", Map.of("command", "ls"))
 * }</pre>
 *
 * <p>An answer that says nothing about its end finishes by itself: with {@code tool_calls} if it called a tool, else
 * with {@code stop}.
 */
public final class Answer {

    private static final Answer EMPTY = new Answer(List.of());

    private final List<Move> moves;

    private Answer(List<Move> moves) {
        this.moves = List.copyOf(moves);
    }

    /** An answer without any text, to be extended or given as it is. */
    public static Answer empty() {
        return EMPTY;
    }

    /** An answer of the given text, a chunk for each word. */
    public static Answer words(String text) {
        return EMPTY.say(text.split("(?<= )"));
    }

    /** An HTTP error instead of an answer, with {@code retry-after: 1} and a JSON body in the style of OpenAI. */
    public static Answer status(int status) {
        return EMPTY.then(
                new Move.Refuse(status, Map.of("message", "scripted " + status, "type", "scripted", "code", status)));
    }

    /** The HTTP error that tells that a conversation is longer than the model can read, in the words of OpenAI. */
    public static Answer contextOverflow() {
        return EMPTY.then(new Move.Refuse(
                400,
                Map.of(
                        "message",
                        "This model's maximum context length is 100000 tokens. However, your messages resulted in"
                                + " 100001 tokens. Please reduce the length of the messages.",
                        "type",
                        "invalid_request_error",
                        "code",
                        "context_length_exceeded")));
    }

    /** Then says these texts, each in a chunk of its own. */
    public Answer say(String... chunks) {
        List<Move> longer = new ArrayList<>(moves);
        for (String chunk : chunks) {
            longer.add(new Move.Say(chunk));
        }
        return new Answer(longer);
    }

    /** Then thinks these texts ({@code reasoning_content}), each in a chunk of its own. */
    public Answer think(String... chunks) {
        List<Move> longer = new ArrayList<>(moves);
        for (String chunk : chunks) {
            longer.add(new Move.Think(chunk));
        }
        return new Answer(longer);
    }

    /** Then calls a tool; its arguments are written as JSON, streamed in small pieces. */
    public Answer call(String tool, Map<String, ?> arguments) {
        return then(new Move.Call(tool, Map.copyOf(arguments)));
    }

    /** The same answer after a silence that comes before everything, even the HTTP status. */
    public Answer after(Duration silence) {
        List<Move> longer = new ArrayList<>(moves);
        longer.add(0, new Move.Pause(silence));
        return new Answer(longer);
    }

    /** From here on waits this long after each chunk, whatever the model's own chunk pause is. */
    public Answer pace(Duration pause) {
        return then(new Move.Pace(pause));
    }

    /** Then is silent once for this long. */
    public Answer pause(Duration duration) {
        return then(new Move.Pause(duration));
    }

    /**
     * Then waits until the test calls {@link ScriptedModel#release(String)} with this name, the client hangs up or the
     * model is closed.
     */
    public Answer hold(String name) {
        return then(new Move.Hold(name));
    }

    /** Then cuts the connection in the middle of the answer. Nothing after this move happens. */
    public Answer cut() {
        return then(new Move.Cut());
    }

    /**
     * Says at its end that the prompt had this many tokens, instead of 100: near the model's limit (100,000 in the test
     * kit's servers) OpenCode compacts the session's history and goes on.
     */
    public Answer promptTokens(int count) {
        return then(new Move.PromptTokens(count));
    }

    /** Then ends with this finish reason, such as {@code length}. Nothing after this move happens. */
    public Answer finish(String reason) {
        return then(new Move.Finish(reason));
    }

    List<Move> moves() {
        return moves;
    }

    private Answer then(Move move) {
        List<Move> longer = new ArrayList<>(moves);
        longer.add(move);
        return new Answer(longer);
    }
}
