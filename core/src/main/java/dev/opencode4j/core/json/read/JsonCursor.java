package dev.opencode4j.core.json.read;

import dev.opencode4j.core.bytes.ByteSearch;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.exc.StreamReadException;

/** A place in the text of a JSON value, and how to move over what lies there. */
final class JsonCursor {

    private static final int DEEPEST = 1000;

    private byte[] bytes = {};
    private int at;
    private int end;

    /** To the beginning of other text. */
    void over(byte[] source, int offset, int length) {
        bytes = source;
        at = offset;
        end = offset + length;
        skipBlanks();
    }

    int position() {
        return at;
    }

    /** The byte at hand. */
    byte peek() {
        if (at >= end) throw broken("it ends too early");
        return bytes[at];
    }

    /** Past {@code expected}, which must be at hand, and the blanks after it. */
    void pass(char expected) {
        if (peek() != expected) throw broken("there should be a '" + expected + '\'');
        at++;
        skipBlanks();
    }

    private void skipBlanks() {
        while (at < end && bytes[at] <= ' ' && bytes[at] >= 0) at++;
    }

    /** What lies between {@code start} and the cursor, as it was sent. */
    String since(int start) {
        return new String(bytes, start, at - start, StandardCharsets.UTF_8);
    }

    /** Past the string at hand, which is read. */
    String string() {
        int start = at + 1;
        boolean plain = skipString();
        int close = at - 1;
        skipBlanks();
        return plain
                ? new String(bytes, start, close - start, StandardCharsets.UTF_8)
                : JsonEscapes.resolve(bytes, start, close);
    }

    /** Past the string at hand if it is {@code expected}; false, and not past it, if it is not. */
    boolean passString(String expected) {
        int start = at + 1;
        int close = start + expected.length();
        if (close >= end || bytes[close] != '"') return false;
        for (int i = 0; i < expected.length(); i++) {
            if (bytes[start + i] != expected.charAt(i) || bytes[start + i] == '\\') return false;
        }
        at = close + 1;
        skipBlanks();
        return true;
    }

    /** Past the string at hand, which is likely to be known. */
    String name() {
        if (peek() != '"') throw broken("there should be a name");
        int start = at + 1;
        if (start + KnownNames.SHORT > bytes.length) return newName(start);
        long first = ByteSearch.word(bytes, start, end);
        long second = 0;
        int length = ByteSearch.inWord(first, '"');
        if (length < Long.BYTES) {
            first = ByteSearch.first(first, length);
        } else {
            second = ByteSearch.word(bytes, start + Long.BYTES, end);
            int more = ByteSearch.inWord(second, '"');
            if (more == Long.BYTES) return newName(start);
            second = ByteSearch.first(second, more);
            length += more;
        }
        String known = KnownNames.find(first, second, length);
        if (known == null) return newName(start);
        at = start + length + 1;
        skipBlanks();
        return known;
    }

    private String newName(int start) {
        boolean plain = skipString();
        int close = at - 1;
        skipBlanks();
        return plain ? KnownNames.of(bytes, start, close) : JsonEscapes.resolve(bytes, start, close);
    }

    /** Past the number or word at hand, as it was sent. */
    String literal() {
        int start = at;
        skipLiteral();
        String literal = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
        skipBlanks();
        return literal;
    }

    /**
     * Past the number at hand if it is a whole one without a sign and of up to 18 digits.
     *
     * @return the number; -1 if it is another one, which then is still at hand
     */
    long digits() {
        long number = 0;
        int i = at;
        for (; i < end && i - at < 18 && bytes[i] >= '0' && bytes[i] <= '9'; i++)
            number = number * 10 + (bytes[i] - '0');
        if (i == at || (i < end && isOfLiteral(bytes[i]))) return -1;
        at = i;
        skipBlanks();
        return number;
    }

    /** Past the value at hand. */
    void skipValue() {
        skipValue(0);
        skipBlanks();
    }

    private void skipValue(int depth) {
        switch (peek()) {
            case '"' -> skipString();
            case '{' -> skipObject(depth + 1);
            case '[' -> skipArray(depth + 1);
            default -> skipLiteral();
        }
    }

    private void skipObject(int depth) {
        pass('{');
        if (depth > DEEPEST) throw broken("it is nested too deeply");
        while (peek() != '}') {
            if (peek() != '"') throw broken("there should be a name");
            skipString();
            skipBlanks();
            pass(':');
            skipValue(depth);
            skipBlanks();
            nextOr('}');
        }
        at++;
    }

    private void skipArray(int depth) {
        pass('[');
        if (depth > DEEPEST) throw broken("it is nested too deeply");
        while (peek() != ']') {
            skipValue(depth);
            skipBlanks();
            nextOr(']');
        }
        at++;
    }

    private void nextOr(char close) {
        if (peek() == close) return;
        pass(',');
        if (peek() == close) throw broken("nothing follows a comma");
    }

    /** Whether the string holds no escapes. */
    private boolean skipString() {
        boolean plain = true;
        at = ByteSearch.either(bytes, at + 1, end, '"', '\\');
        while (at < end && bytes[at] == '\\') {
            plain = false;
            at = ByteSearch.either(bytes, Math.min(at + 2, end), end, '"', '\\');
        }
        if (at >= end) throw broken("a string does not end");
        at++;
        return plain;
    }

    private void skipLiteral() {
        int start = at;
        while (at < end && isOfLiteral(bytes[at])) at++;
        byte first = start < at ? bytes[start] : 0;
        boolean known = switch (first) {
            case 't' -> isWord(start, "true");
            case 'f' -> isWord(start, "false");
            case 'n' -> isWord(start, "null");
            default -> first == '-' || (first >= '0' && first <= '9');
        };
        if (!known) throw broken("there should be a value");
    }

    private boolean isWord(int start, String word) {
        if (at - start != word.length()) return false;
        for (int i = 0; i < word.length(); i++) {
            if (bytes[start + i] != word.charAt(i)) return false;
        }
        return true;
    }

    private static boolean isOfLiteral(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+' || b == 'E';
    }

    /** What is wrong, and where; not the text, which may be anybody's words. */
    StreamReadException broken(String what) {
        return new StreamReadException(null, "no JSON: " + what + ", at byte " + at);
    }
}
