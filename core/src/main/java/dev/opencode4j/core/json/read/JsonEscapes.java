package dev.opencode4j.core.json.read;

import dev.opencode4j.core.bytes.ByteSearch;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.exc.StreamReadException;

/**
 * Reads a JSON string that has escapes. Half a surrogate pair is kept: where a server cuts a text into deltas, the other
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
            text.append(isUnicode ? unicode(bytes, escape + 2, end) : simple(bytes[escape + 1]));
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
            case '"', '\\', '/' -> (char) escaped;
            default -> throw new StreamReadException(null, "no JSON: an escape is none");
        };
    }

    private static char unicode(byte[] bytes, int start, int end) {
        int value = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = i < end ? Character.digit(bytes[i], 16) : -1;
            if (digit < 0) throw new StreamReadException(null, "no JSON: an escape is none");
            value = value << 4 | digit;
        }
        return (char) value;
    }
}
