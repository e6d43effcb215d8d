package dev.opencode4j.testkit.impostor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool call of an {@link Answer}: pending, running, then completed or failed. Immutable: each method answers a changed
 * copy.
 *
 * <pre>{@code
 * ToolCall.of("bash").input("command", "ls").asks("ls").progress("a\n").output("a\nb\n")
 * }</pre>
 */
public final class ToolCall {

    private final String name;
    private final ObjectNode input;
    private final ObjectNode metadata;
    private final List<String> progress;
    private final List<String> patterns;
    private final String title;
    private final String output;
    private final @Nullable String error;

    private ToolCall(
            ToolCall from, ObjectNode input, ObjectNode metadata, List<String> progress, List<String> patterns) {
        this.name = from.name;
        this.title = from.title;
        this.output = from.output;
        this.error = from.error;
        this.input = input;
        this.metadata = metadata;
        this.progress = List.copyOf(progress);
        this.patterns = List.copyOf(patterns);
    }

    private ToolCall(String name, String title, String output, @Nullable String error) {
        this.name = name;
        this.title = title;
        this.output = output;
        this.error = error;
        this.input = Json.object();
        this.metadata = Json.object();
        this.progress = List.of();
        this.patterns = List.of();
    }

    /** A call that completes at once, with no input and no output. */
    public static ToolCall of(String name) {
        return new ToolCall(name, name, "", null);
    }

    /** With one more field of input; the value is what Jackson makes of it. */
    public ToolCall input(String field, Object value) {
        ObjectNode more = input.deepCopy();
        more.set(field, Json.valueOf(value));
        return new ToolCall(this, more, metadata, progress, patterns);
    }

    /** With one more field of metadata at the end. */
    public ToolCall metadata(String field, Object value) {
        ObjectNode more = metadata.deepCopy();
        more.set(field, Json.valueOf(value));
        return new ToolCall(this, input, more, progress, patterns);
    }

    /** Asks for a permission named as the tool, for those patterns, and waits for the reply before it goes on. */
    public ToolCall asks(String... wanted) {
        return new ToolCall(this, input, metadata, progress, List.of(wanted));
    }

    /** Shows some more output while it runs; as OpenCode does, each update carries all the output so far. */
    public ToolCall progress(String someOutput) {
        List<String> more = new ArrayList<>(progress);
        more.add(someOutput);
        return new ToolCall(this, input, metadata, more, patterns);
    }

    /** With that title at the end; the tool's name by default. */
    public ToolCall title(String other) {
        return copied(new ToolCall(name, other, output, error));
    }

    /** With that output at the end; by default the progress, joined. */
    public ToolCall output(String other) {
        return copied(new ToolCall(name, title, other, error));
    }

    /** Ends in status {@code error} with that message; the turn goes on. */
    public ToolCall fails(String message) {
        return copied(new ToolCall(name, title, output, message));
    }

    private ToolCall copied(ToolCall other) {
        return new ToolCall(other, input, metadata, progress, patterns);
    }

    String name() {
        return name;
    }

    ObjectNode input() {
        return input.deepCopy();
    }

    ObjectNode metadata() {
        return metadata.deepCopy();
    }

    List<String> progress() {
        return progress;
    }

    List<String> patterns() {
        return patterns;
    }

    String title() {
        return title;
    }

    String output() {
        return output.isEmpty() ? String.join("", progress) : output;
    }

    @Nullable
    String error() {
        return error;
    }
}
