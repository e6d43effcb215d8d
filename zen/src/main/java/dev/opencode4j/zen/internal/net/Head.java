package dev.opencode4j.zen.internal.net;

import java.util.Locale;
import java.util.Map;

/**
 * What an answer begins with.
 *
 * @param status the status code
 * @param headers the headers by their names in lower case; those that are repeated, as {@link HeaderFields} has them
 */
public record Head(int status, Map<String, String> headers) {

    /** The value of a header; empty if there is none. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
}
