package dev.opencode4j.core.json.read;

import dev.opencode4j.core.bytes.ByteSearch;
import dev.opencode4j.core.json.syntax.JsonSyntax;
import java.nio.charset.StandardCharsets;

/** A place in the text of a JSON value, and how to move over what lies there. */
final class JsonCursor {

    private byte[] bytes = {};
    private int at;
    private int end;
    private int depth;

    /** To the beginning of other text. */
    void over(byte[] source, int offset, int length) {
        bytes = source;
        at = offset;
        end = offset + length;
        depth = 0;
        skipBlanks();
    }

    int position() {
        return at;
    }

    /** The byte at hand. */
    byte peek() {
        if (at >= end) throw JsonSyntax.broken("it ends too early", at);
        return bytes[at];
    }

    /** Into the object or array that begins with {@code open}. */
    void enter(char open) {
        JsonSyntax.checkDepth(++depth, at);
        pass(open);
    }

    /** Out of the object or array that ends with {@code close}. */
    void leave(char close) {
        depth--;
        pass(close);
    }

    /** Past {@code expected}, which must be at hand, and the blanks after it. */
    void pass(char expected) {
        if (peek() != expected) throw JsonSyntax.broken("there should be a '" + expected + '\'', at);
        at++;
        skipBlanks();
    }

    private void skipBlanks() {
        at = JsonSyntax.blanks(bytes, at, end);
    }

    /** What lies between {@code start} and the cursor, as it was sent. */
    String since(int start) {
        return new String(bytes, start, at - start, StandardCharsets.UTF_8);
    }

    /** Past the string at hand, which is read. */
    String string() {
        int start = at + 1;
        int close = ByteSearch.stringEnd(bytes, start, end);
        boolean plain = close < end && bytes[close] == '"';
        if (!plain) close = JsonSyntax.string(bytes, at, end) - 1;
        at = close + 1;
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
        if (peek() != '"') throw JsonSyntax.broken("there should be a name", at);
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
        int close = JsonSyntax.name(bytes, at, end) - 1;
        boolean plain = ByteSearch.stringEnd(bytes, start, end) == close;
        at = close + 1;
        skipBlanks();
        return plain ? KnownNames.of(bytes, start, close) : JsonEscapes.resolve(bytes, start, close);
    }

    /** Past the number or word at hand, as it was sent. */
    String literal() {
        int start = at;
        at = JsonSyntax.literal(bytes, at, end);
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
        boolean isWhole = i == at + 1 || (i > at && bytes[at] != '0');
        if (!isWhole || !JsonSyntax.isLiteralEnd(bytes, i, end)) return -1;
        at = i;
        skipBlanks();
        return number;
    }

    /** Past the value at hand. */
    void skipValue() {
        at = JsonSyntax.value(bytes, at, end, depth);
        skipBlanks();
    }
}
