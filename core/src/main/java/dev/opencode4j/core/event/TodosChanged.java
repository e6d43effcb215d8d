package dev.opencode4j.core.event;

import dev.opencode4j.core.part.Todo;
import java.util.List;

/**
 * The agent's list of its own work changed.
 *
 * @param todos the whole list
 */
public record TodosChanged(List<Todo> todos) implements AgentEvent {

    /** Keeps a copy of the list. */
    public TodosChanged {
        todos = List.copyOf(todos);
    }
}
