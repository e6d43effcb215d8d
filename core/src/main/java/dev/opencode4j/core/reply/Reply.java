package dev.opencode4j.core.reply;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.Todo;
import dev.opencode4j.core.part.ToolPart;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an agent answered to one prompt: an immutable snapshot, whole at the end of the turn.
 *
 * <p>A reply that was streamed from a server, read from a command line's export or accumulated from chat chunks has
 * the same parts.
 *
 * @param parts the parts in order; each part's index is its position
 * @param usage the tokens of all steps together
 * @param cost the cost of all steps together, in the provider's currency (US dollars with OpenCode)
 * @param finish why the model stopped, such as {@code stop} or {@code length}; null when not told
 * @param todos the agent's list of its own work as it last stood; empty if it kept none
 * @param structured the value that was asked for with a JSON schema, or null
 */
public record Reply(
        List<Part> parts,
        Usage usage,
        BigDecimal cost,
        @Nullable String finish,
        List<Todo> todos,
        @Nullable Json structured) {

    /** A reply without parts. */
    public static final Reply EMPTY = new Reply(List.of(), Usage.NONE, BigDecimal.ZERO, null, List.of(), null);

    /** Keeps copies of the lists. */
    public Reply {
        parts = List.copyOf(parts);
        todos = List.copyOf(todos);
    }

    /** The texts of the reply, blank ones left out, with an empty line between two; empty if there is none. */
    public String text() {
        return joined(only(TextPart.class).map(TextPart::text));
    }

    /** What the model thought, blank parts left out, with an empty line between two; empty if there is none. */
    public String reasoning() {
        return joined(only(ReasoningPart.class).map(ReasoningPart::text));
    }

    /** The tool calls, finished or not, in order. */
    public List<ToolPart> tools() {
        return only(ToolPart.class).toList();
    }

    /** The tool calls that completed or failed, in order. */
    public List<ToolPart> finishedTools() {
        return only(ToolPart.class).filter(tool -> tool.status().isTerminal()).toList();
    }

    private <T extends Part> Stream<T> only(Class<T> type) {
        return parts.stream().filter(type::isInstance).map(type::cast);
    }

    private static String joined(Stream<String> texts) {
        return texts.filter(text -> !text.isBlank()).collect(Collectors.joining("\n\n"));
    }
}
