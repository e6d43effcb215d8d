package dev.opencode4j.zen.internal.wire;

import dev.opencode4j.core.part.Excerpt;
import dev.opencode4j.core.part.Json;
import java.util.Locale;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the other side says went wrong, whatever shape it says it in.
 *
 * @param message in its own words, no longer than a message should be
 * @param code its code, in lower case; empty if there is none
 * @param words everything that it said, for its key words
 */
public record Complaint(String message, String code, String words) {

    private static final int LARGEST = 64 << 10;
    private static final int MESSAGE_LIMIT = 500;
    private static final int WORDS_LIMIT = 4000;

    /** Reads the body of an answer that is no success. */
    public static Complaint of(String body) {
        String text = body.strip();
        if (text.startsWith("<")) return new Complaint("a web page instead of an answer", "", "");
        try {
            JsonNode root = Wire.MAPPER.readTree(text);
            JsonNode first = root.isArray() ? root.path(0) : root;
            JsonNode error = first.path("error");
            return read(error.isMissingNode() || error.isNull() ? first : error);
        } catch (JacksonException e) {
            return quoted(text);
        }
    }

    /** Reads an error as it is found in a stream. One that is longer than anybody's is only quoted. */
    static Complaint read(Json error) {
        String text = error.text();
        return text.length() <= LARGEST ? read(error.node()) : quoted(text);
    }

    private static Complaint quoted(String text) {
        return new Complaint(Excerpt.of(text, MESSAGE_LIMIT), "", Excerpt.of(text, WORDS_LIMIT));
    }

    /** Reads an error: an object, or its message alone. */
    private static Complaint read(JsonNode error) {
        String said = error.isContainer() ? error.toString() : error.asString("");
        String message = firstText(error, "message", "detail", "error");
        String code = firstText(error, "code", "type");
        if (message.isBlank()) message = said;
        return new Complaint(
                Excerpt.of(message, MESSAGE_LIMIT), code.toLowerCase(Locale.ROOT), Excerpt.of(said, WORDS_LIMIT));
    }

    private static String firstText(JsonNode error, String... names) {
        for (String name : names) {
            JsonNode value = error.path(name);
            if (value.isValueNode() && !value.asString("").isBlank()) return value.asString();
        }
        return "";
    }

    /** The same with secrets taken out. */
    Complaint redacted(UnaryOperator<String> redaction) {
        return new Complaint(redaction.apply(message), code, redaction.apply(words));
    }

    /** The HTTP status that an error in a stream names as its code; 0 if it names none. */
    public int status() {
        return code.matches("[45]\\d\\d") ? Integer.parseInt(code) : 0;
    }
}
