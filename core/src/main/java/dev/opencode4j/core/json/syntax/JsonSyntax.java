package dev.opencode4j.core.json.syntax;

import dev.opencode4j.core.bytes.ByteSearch;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.exc.StreamReadException;

/**
 * The grammar of JSON, as Jackson has it, and the bounds within which it is read: nested at most {@value #MAX_DEPTH}
 * deep, names of at most {@value #MAX_NAME} bytes, numbers as {@link JsonNumbers} bounds them. What passes here, Jackson
 * reads, so that a value that was received can't fail later, where it is used.
 *
 * <p>Each method looks at what begins at {@code at} and returns where it ends; it throws a {@link StreamReadException}
 * if there is no such thing before {@code end}.
 */
public final class JsonSyntax {

    /** As deep as Jackson reads by default. */
    public static final int MAX_DEPTH = 500;

    /** As long as the names are that Jackson reads by default. */
    public static final int MAX_NAME = 50_000;

    private JsonSyntax() {}

    /** Refuses text that is not one JSON value within the bounds. */
    public static void check(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int end = bytes.length;
        int after = blanks(bytes, value(bytes, blanks(bytes, 0, end), end, 0), end);
        if (after != end) throw broken("something follows the value", after);
    }

    /** Past blanks, if there are any. */
    public static int blanks(byte[] bytes, int at, int end) {
        int next = at;
        while (next < end && isBlank(bytes[next])) next++;
        return next;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /**
     * Past a value of any kind.
     *
     * @param depth how many objects and arrays are around it
     */
    public static int value(byte[] bytes, int at, int end, int depth) {
        return switch (byteAt(bytes, at, end)) {
            case '"' -> string(bytes, at, end);
            case '{' -> object(bytes, at, end, depth + 1);
            case '[' -> array(bytes, at, end, depth + 1);
            default -> literal(bytes, at, end);
        };
    }

    /** Refuses an object or array that is the {@code depth}th of those around it. */
    public static void checkDepth(int depth, int at) {
        if (depth > MAX_DEPTH) throw broken("it is nested too deeply", at);
    }

    private static int object(byte[] bytes, int at, int end, int depth) {
        checkDepth(depth, at);
        int next = blanks(bytes, at + 1, end);
        if (byteAt(bytes, next, end) == '}') return next + 1;
        while (true) {
            next = blanks(bytes, name(bytes, next, end), end);
            if (byteAt(bytes, next, end) != ':') throw broken("there should be a ':'", next);
            next = blanks(bytes, next + 1, end);
            next = blanks(bytes, value(bytes, next, end, depth), end);
            if (byteAt(bytes, next, end) == '}') return next + 1;
            next = comma(bytes, next, end);
        }
    }

    private static int array(byte[] bytes, int at, int end, int depth) {
        checkDepth(depth, at);
        int next = blanks(bytes, at + 1, end);
        if (byteAt(bytes, next, end) == ']') return next + 1;
        while (true) {
            next = blanks(bytes, value(bytes, next, end, depth), end);
            if (byteAt(bytes, next, end) == ']') return next + 1;
            next = comma(bytes, next, end);
        }
    }

    private static int comma(byte[] bytes, int at, int end) {
        if (bytes[at] != ',') throw broken("there should be a ','", at);
        return blanks(bytes, at + 1, end);
    }

    /** Past the name of a field. */
    public static int name(byte[] bytes, int at, int end) {
        if (byteAt(bytes, at, end) != '"') throw broken("there should be a name", at);
        int after = string(bytes, at, end);
        if (after - at - 2 > MAX_NAME) throw broken("a name is too long", at);
        return after;
    }

    /** Past a string, whose opening quote is known to be at hand. */
    public static int string(byte[] bytes, int at, int end) {
        int next = ByteSearch.stringEnd(bytes, at + 1, end);
        while (next < end && bytes[next] == '\\') {
            next = ByteSearch.stringEnd(bytes, escape(bytes, next, end), end);
        }
        if (next >= end) throw broken("a string does not end", at);
        if (bytes[next] != '"') throw broken("a string holds a control character", next);
        return next + 1;
    }

    private static int escape(byte[] bytes, int at, int end) {
        return switch (byteAt(bytes, at + 1, end)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
            case 'u' -> hex(bytes, at + 2, end);
            default -> throw broken("an escape is none", at);
        };
    }

    private static int hex(byte[] bytes, int at, int end) {
        for (int i = at; i < at + 4; i++) {
            if (Character.digit(byteAt(bytes, i, end), 16) < 0) throw broken("an escape is none", i);
        }
        return at + 4;
    }

    /** Past a number, {@code true}, {@code false} or {@code null}. */
    public static int literal(byte[] bytes, int at, int end) {
        int after = switch (byteAt(bytes, at, end)) {
            case 't' -> word("true", bytes, at, end);
            case 'f' -> word("false", bytes, at, end);
            case 'n' -> word("null", bytes, at, end);
            default -> JsonNumbers.number(bytes, at, end);
        };
        if (!isLiteralEnd(bytes, after, end)) throw broken("there should be a value", at);
        return after;
    }

    /** Whether a number or word may end here. */
    public static boolean isLiteralEnd(byte[] bytes, int at, int end) {
        return at >= end || isBlank(bytes[at]) || bytes[at] == ',' || bytes[at] == ']' || bytes[at] == '}';
    }

    private static int word(String word, byte[] bytes, int at, int end) {
        int after = at + word.length();
        boolean known = after <= end;
        for (int i = 0; known && i < word.length(); i++) known = bytes[at + i] == word.charAt(i);
        if (!known) throw broken("there should be a value", at);
        return after;
    }

    private static byte byteAt(byte[] bytes, int at, int end) {
        if (at >= end) throw broken("it ends too early", at);
        return bytes[at];
    }

    /** What is wrong, and where; not the text, which may be anybody's words. */
    public static StreamReadException broken(String what, int at) {
        return new StreamReadException(null, "no JSON: " + what + ", at byte " + at);
    }
}
