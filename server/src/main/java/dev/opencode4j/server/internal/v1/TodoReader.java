package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TodosChanged;
import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.part.Todo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads lists of todos; whatever in them is no object is left out. */
public final class TodoReader {

    private TodoReader() {}

    /** Reads a list. Throws Jackson's exceptions if the bytes are no JSON. */
    public static List<Todo> list(byte[] body) {
        JsonReader json = JsonReader.of(body, 0, body.length);
        return list(json);
    }

    static AgentEvent event(JsonReader json) {
        List<Todo> todos = List.of();
        if (json.enterObject()) {
            String field;
            while ((field = json.nextField()) != null) {
                if (field.equals("todos")) todos = list(json);
            }
        }
        return new TodosChanged(todos);
    }

    private static List<Todo> list(JsonReader json) {
        List<Todo> todos = new ArrayList<>();
        if (json.enterArray()) {
            while (json.nextElement()) {
                if (json.enterObject()) todos.add(todo(json));
            }
        }
        return todos;
    }

    private static Todo todo(JsonReader json) {
        String content = "";
        String status = "";
        @Nullable String priority = null;
        @Nullable String id = null;
        String field;
        while ((field = json.nextField()) != null) {
            switch (field) {
                case "content" -> content = json.textOrEmpty();
                case "status" -> status = json.textOrEmpty();
                case "priority" -> priority = json.text();
                case "id" -> id = json.text();
            }
        }
        return new Todo(content, status, priority, id);
    }
}
