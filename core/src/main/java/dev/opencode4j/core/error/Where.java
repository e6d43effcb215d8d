package dev.opencode4j.core.error;

import org.jspecify.annotations.Nullable;

/**
 * The request that failed. Never holds a query, a header or a body: those may carry secrets and private paths.
 *
 * @param method the HTTP method, or the command
 * @param path the path; a query that comes with it is left out
 * @param status the HTTP status or exit code; 0 when there was no answer
 */
public record Where(String method, String path, int status) {

    /** Leaves out a query that came with the path. */
    public Where {
        int query = path.indexOf('?');
        if (query >= 0) path = path.substring(0, query);
    }

    /** A request that got no answer. */
    public static Where of(String method, String path) {
        return new Where(method, path, 0);
    }

    /** The same request, answered. */
    public Where answered(int code) {
        return new Where(method, path, code);
    }

    /** The request in words, such as {@code GET /session answered 404}. */
    @Override
    public String toString() {
        return method + ' ' + path + (status == 0 ? "" : " answered " + status);
    }

    static String describe(@Nullable Where where, String message, String hint) {
        StringBuilder text = new StringBuilder();
        if (where != null) text.append(where).append(": ");
        text.append(message);
        if (!hint.isEmpty()) {
            text.append(message.endsWith(".") ? " " : ". ").append(hint);
        }
        return text.toString();
    }
}
