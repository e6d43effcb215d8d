package dev.opencode4j.core.spi;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TodosChanged;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.PartSource;
import dev.opencode4j.core.part.Todo;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The agent's own to-do list, which is told twice: by events and by the tool call that changed it. Events without a
 * call are given a part of their own, and a call that comes after all takes its place.
 */
final class TodoList {

    /** One is enough for a reply: there is none before the first event, and a part to update ever after. */
    private static final String MADE_UP = PartSource.todoPartId(1);

    private List<Todo> todos = List.of();
    private int partIndex = Part.UNPLACED;

    List<Todo> list() {
        return todos;
    }

    void apply(TodosChanged changed, ReplyBuilder reply, Consumer<? super AgentEvent> out) {
        todos = changed.todos();
        if (partIndex == Part.UNPLACED) {
            reply.append(madeUp(), out);
            return;
        }
        ToolPart call = reply.tool(partIndex);
        boolean inputIsOurs = PartSource.of(call).isStreamOnly() || call.input().isEmpty();
        if (inputIsOurs) reply.update(call.toBuilder().input(asInput()).build(), out);
    }

    /** Remembers the latest call that changes or reads the list. */
    void sighted(ToolPart tool) {
        boolean isOfTheList =
                tool.is("todowrite") || tool.is("todoread") || tool.id().equals(MADE_UP);
        if (isOfTheList) partIndex = tool.index();
    }

    /** Whether {@code tool} is the call that {@code placed} was made up for. */
    static boolean isTruthOf(@Nullable ToolPart placed, ToolPart tool) {
        return placed != null && placed.id().equals(MADE_UP) && tool.is("todowrite");
    }

    /** The id under which a reply may hold a made-up part. */
    static String madeUpId() {
        return MADE_UP;
    }

    private ToolPart madeUp() {
        return ToolPart.builder(MADE_UP)
                .tool("todowrite")
                .status(ToolStatus.COMPLETED)
                .input(asInput())
                .metadata(PartSource.todoMetadata())
                .build();
    }

    private Json asInput() {
        return Json.of(Map.of("todos", todos));
    }
}
