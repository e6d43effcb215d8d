package dev.opencode4j.testkit.impostor;

import tools.jackson.databind.node.ObjectNode;

/**
 * An entry of the todo list that an {@link Answer} writes.
 *
 * @param content what is to be done
 * @param status {@code pending}, {@code in_progress}, {@code completed} or {@code cancelled}
 * @param priority {@code high}, {@code medium} or {@code low}
 */
public record Todo(String content, String status, String priority) {

    /** An entry of medium priority. */
    public static Todo of(String content, String status) {
        return new Todo(content, status, "medium");
    }

    ObjectNode json() {
        return Json.object().put("content", content).put("status", status).put("priority", priority);
    }
}
