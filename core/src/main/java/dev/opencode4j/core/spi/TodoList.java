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

/**
 * The agent's own to-do list, which is told twice: by events and by the tool call that changed it. The events may come
 * first (1.2.27 in a git repository tells them before the step), so that only the turn's end shows that no call comes:
 * then the list is given a part of its own.
 */
final class TodoList {

    private List<Todo> todos = List.of();
    private int partIndex = Part.UNPLACED;
    private boolean told;
    private boolean written;

    List<Todo> list() {
        return todos;
    }

    void apply(TodosChanged changed, ReplyBuilder reply, Consumer<? super AgentEvent> out) {
        todos = changed.todos();
        told = true;
        if (partIndex == Part.UNPLACED) return;
        ToolPart call = reply.tool(partIndex);
        if (call.input().isEmpty())
            reply.update(call.toBuilder().input(asInput()).build(), out);
    }

    /** What the list costs, as a part of its own too. */
    long size() {
        return told ? 2L * ReplyBudget.PER_OBJECT + asInput().text().length() : 0;
    }

    /** Remembers the latest call that changes or reads the list. */
    void sighted(ToolPart tool) {
        boolean writes = tool.is("todowrite");
        written |= writes;
        if (writes || tool.is("todoread")) partIndex = tool.index();
    }

    /** The turn is over: a list that no call has written becomes a part. */
    void end(ReplyBuilder reply, Consumer<? super AgentEvent> out) {
        if (told && !written) reply.append(madeUp(), out);
    }

    private ToolPart madeUp() {
        return ToolPart.builder(PartSource.todoPartId(1))
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
