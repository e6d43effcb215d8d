package dev.opencode4j.core.json.read;

import dev.opencode4j.core.bytes.ByteSearch;
import java.nio.charset.StandardCharsets;

/**
 * Reads a JSON string that has escapes, which have been checked. Half a surrogate pair is kept: where a server cuts a text into deltas, the other
 * half comes with the next one.
 */
final class JsonEscapes {

    private JsonEscapes() {}

    /** The string whose inside lies between {@code start} and {@code end}. */
    static String resolve(byte[] bytes, int start, int end) {
        StringBuilder text = new StringBuilder(end - start);
        int at = start;
        while (true) {
            int escape = ByteSearch.either(bytes, at, end, '\\', '\\');
            text.append(new String(bytes, at, escape - at, StandardCharsets.UTF_8));
            if (escape == end) return text.toString();
            boolean isUnicode = bytes[escape + 1] == 'u';
            text.append(isUnicode ? unicode(bytes, escape + 2) : simple(bytes[escape + 1]));
            at = escape + (isUnicode ? 6 : 2);
        }
    }

    private static char simple(byte escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> (char) escaped;
        };
    }

    private static char unicode(byte[] bytes, int start) {
        int value = 0;
        for (int i = start; i < start + 4; i++) value = value << 4 | Character.digit(bytes[i], 16);
        return (char) value;
    }
}
