package dev.opencode4j.core.part;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.opencode4j.core.json.syntax.JsonNumbers;
import dev.opencode4j.core.json.syntax.JsonSyntax;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An immutable JSON value, kept as text and parsed only when somebody looks.
 *
 * <p>Tools send inputs, outputs and metadata of any shape and size, and most of it is never read: keeping the text
 * makes an event cheap, and a tree that is parsed anew for each caller can't be changed under another one's feet.
 * Safe for use by several threads.
 */
public final class Json {

    /** The empty object, {@code {}}. */
    public static final Json EMPTY = new Json("{}");

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(JsonSyntax.MAX_DEPTH)
                            .maxNumberLength(JsonNumbers.MAX_LENGTH)
                            .maxNameLength(JsonSyntax.MAX_NAME)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private final String text;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Checks {@code text} and keeps it as it is.
     *
     * @throws IllegalArgumentException if {@code text} is not one JSON value, is nested more than 500 deep, or holds a
     *     number of more than 1000 characters or with an exponent beyond 999
     */
    public static Json parse(String text) {
        Objects.requireNonNull(text, "text");
        return checked(text, "text");
    }

    private static Json checked(String text, String argument) {
        try {
            JsonSyntax.check(text);
        } catch (StreamReadException e) {
            throw new IllegalArgumentException(argument + ": must be one JSON value: " + e.getOriginalMessage(), e);
        }
        return verbatim(text);
    }

    /** Keeps text that {@link dev.opencode4j.core.json.syntax.JsonSyntax} has just checked; it is not checked again. */
    public static Json verbatim(String text) {
        return "{}".equals(text) ? EMPTY : new Json(text);
    }

    /**
     * The JSON form of a record, map, list, string, number, boolean or tree.
     *
     * @throws IllegalArgumentException if it is beyond the bounds of {@link #parse}
     */
    public static Json of(Object value) {
        return checked(MAPPER.writeValueAsString(Objects.requireNonNull(value, "value")), "value");
    }

    /** The JSON text, as it was received. */
    public String text() {
        return text;
    }

    /** The value as a tree, parsed anew at each call and the caller's own. */
    public JsonNode node() {
        return MAPPER.readTree(text);
    }

    /**
     * The value bound to {@code type}.
     *
     * @throws IllegalArgumentException if it does not fit
     */
    public <T> T as(Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "type: JSON does not fit " + type.getName() + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Whether this says nothing: {@code {}}, {@code []}, {@code ""} or {@code null}. */
    public boolean isEmpty() {
        return switch (text.strip()) {
            case "{}", "[]", "\"\"", "null" -> true;
            default -> false;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Json json
                && (json.text.equals(text) || json.node().equals(node()));
    }

    @Override
    public int hashCode() {
        return node().hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
