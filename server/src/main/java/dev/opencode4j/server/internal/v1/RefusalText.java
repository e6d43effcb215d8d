package dev.opencode4j.server.internal.v1;

import dev.opencode4j.server.internal.http.Answer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Finds the words in a refusal. Servers have worded them as {@code {name, data: {message, ref}}}, as {@code {_tag,
 * message}}, as {@code {data, error: [{path, message}]}} (1.2.27, where {@code data} repeats the request), as a JSON
 * string and as plain text.
 */
final class RefusalText {

    private static final int LIMIT = 200;

    private RefusalText() {}

    /** What the server says; empty if it says nothing. */
    static String of(Answer answer) {
        if (answer.isBlank()) return "";
        JsonNode body;
        try {
            body = Tree.parse(answer.body());
        } catch (JacksonException e) {
            return shorten(answer.quote());
        }
        return shorten(body.isString() ? body.asString() : words(body));
    }

    private static String words(JsonNode body) {
        JsonNode data = body.path("data");
        String said = Tree.textOr(data, "message", data.isString() ? data.asString() : "");
        if (said.isBlank()) said = Tree.textOr(body, "message", "");
        if (said.isBlank()) said = firstIssue(body.path("error"));
        if (said.isBlank()) said = Tree.textOr(body, "name", Tree.textOr(body, "_tag", ""));
        String ref = Tree.textOr(data, "ref", "");
        return ref.isEmpty() ? said : said + " (" + ref + ')';
    }

    private static String firstIssue(JsonNode issues) {
        if (issues.isString()) return issues.asString();
        JsonNode issue = issues.path(0);
        String said = Tree.textOr(issue, "message", "");
        String field = Tree.textOr(issue.path("path"), 0);
        return field.isEmpty() || said.isEmpty() ? said : field + ": " + said;
    }

    private static String shorten(String text) {
        String stripped = text.strip();
        return stripped.length() <= LIMIT ? stripped : stripped.substring(0, LIMIT - 3) + "...";
    }
}
