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

    private static final Json SOURCE = Json.of(Map.of("source", "todo.updated"));

    private List<Todo> todos = List.of();
    private int partIndex = Part.UNPLACED;
    private int made;

    List<Todo> list() {
        return todos;
    }

    void apply(TodosChanged changed, ReplyBuilder reply, Consumer<? super AgentEvent> out) {
        todos = List.copyOf(changed.todos());
        if (partIndex == Part.UNPLACED) {
            reply.append(synthetic(), out);
            return;
        }
        ToolPart call = reply.tool(partIndex);
        boolean inputIsOurs = PartSource.of(call).isStreamOnly() || call.input().isEmpty();
        if (inputIsOurs)
            reply.update(partIndex, call.toBuilder().input(asInput()).build(), out);
    }

    /** Remembers the latest call that changes the list. */
    void sighted(ToolPart tool) {
        if (isTodoTool(tool)) partIndex = tool.index();
    }

    /** The place of a made-up part that {@code tool} is the truth of, or null; the place is the tool's from now on. */
    @Nullable
    Integer adopt(ToolPart tool, Map<String, Integer> indexes) {
        if (!isTodoTool(tool)) return null;
        String madeUp = PartSource.todoPartId(made);
        Integer index = indexes.remove(madeUp);
        if (index != null) indexes.put(tool.id(), index);
        return index;
    }

    private ToolPart synthetic() {
        return ToolPart.builder(PartSource.todoPartId(++made))
                .tool("todowrite")
                .status(ToolStatus.COMPLETED)
                .input(asInput())
                .metadata(SOURCE)
                .build();
    }

    private Json asInput() {
        return Json.of(Map.of("todos", todos));
    }

    private static boolean isTodoTool(ToolPart tool) {
        return tool.is("todowrite") || tool.is("todoread");
    }
}
