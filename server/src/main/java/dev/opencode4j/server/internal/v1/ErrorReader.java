package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.json.read.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads an error as the server tells it: {@code {name, data: {message, statusCode, responseHeaders, responseBody}}}, or
 * {@code {_tag, message}} on newer routes, or a mere string.
 */
final class ErrorReader {

    private ErrorReader() {}

    /** Reads the error at hand; null if there is nothing in it. */
    static @Nullable AgentException read(JsonReader json) {
        WireError error = new WireError();
        if (!json.isObject()) {
            error.message = json.text();
            return error.message == null ? null : error.toException();
        }
        json.enterObject();
        String field;
        while ((field = json.nextField()) != null) {
            switch (field) {
                case "name", "_tag" -> error.name = json.textOrEmpty();
                case "message" -> error.message = json.text();
                case "data" -> readData(error, json);
            }
        }
        return error.toException();
    }

    private static void readData(WireError error, JsonReader json) {
        if (!json.isObject()) {
            error.message = json.text();
            return;
        }
        json.enterObject();
        String field;
        while ((field = json.nextField()) != null) {
            switch (field) {
                case "message" -> error.message = json.text();
                case "statusCode" -> error.status = (int) json.number();
                case "isRetryable" -> error.retryable = json.isTrue();
                case "responseHeaders" -> readHeaders(error, json);
                case "responseBody" -> error.body = json.textOrEmpty();
            }
        }
    }

    private static void readHeaders(WireError error, JsonReader json) {
        if (!json.enterObject()) return;
        String name;
        while ((name = json.nextField()) != null) {
            if (name.equalsIgnoreCase("retry-after")) error.retryAfter = json.textOrEmpty();
        }
    }
}
