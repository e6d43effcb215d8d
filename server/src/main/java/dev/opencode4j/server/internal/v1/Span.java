package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.json.read.JsonReader;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something began and when it was over: {@code {created, completed}} of a message, {@code {start, end}} of a part
 * or of a tool call.
 *
 * @param start the beginning, or null if it is not told
 * @param end the end, or null if it has not come
 */
record Span(@Nullable Instant start, @Nullable Instant end) {

    static final Span UNKNOWN = new Span(null, null);

    /** Reads the {@code time} at hand. */
    static Span read(JsonReader json) {
        if (!json.enterObject()) return UNKNOWN;
        Instant start = null;
        Instant end = null;
        String field;
        while ((field = json.nextField()) != null) {
            switch (field) {
                case "start", "created" -> start = json.instant();
                case "end", "completed" -> end = json.instant();
            }
        }
        return new Span(start, end);
    }
}
