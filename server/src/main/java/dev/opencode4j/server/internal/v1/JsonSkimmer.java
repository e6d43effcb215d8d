package dev.opencode4j.server.internal.v1;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Moves over JSON without building anything. At broken JSON it stops, and says there is no more. */
final class JsonSkimmer {

    private byte[] bytes = {};
    private int at;
    private int end;
    private int fieldStart;
    private int fieldEnd;

    void over(byte[] source, int offset, int length) {
        bytes = source;
        at = offset;
        end = offset + length;
    }

    int position() {
        return Math.min(at, end);
    }

    boolean isString() {
        return at < end && bytes[at] == '"';
    }

    boolean enterObject() {
        skipBlanks();
        if (at < end && bytes[at] == '{') {
            at++;
            return true;
        }
        skipValue();
        return false;
    }

    /** Moves to the value of the next field of the object; false, and past the object, if there is none. */
    boolean nextField() {
        skipBlanks();
        if (at < end && bytes[at] == ',') {
            at++;
            skipBlanks();
        }
        if (at >= end || bytes[at] != '"') {
            at++;
            return false;
        }
        fieldStart = at + 1;
        skipString();
        fieldEnd = at - 1;
        skipBlanks();
        if (at >= end || bytes[at] != ':') {
            at = end;
            return false;
        }
        at++;
        skipBlanks();
        return true;
    }

    boolean fieldIs(String name) {
        if (fieldEnd - fieldStart != name.length()) return false;
        for (int i = 0; i < name.length(); i++) {
            if (bytes[fieldStart + i] != name.charAt(i)) return false;
        }
        return true;
    }

    /** The string at hand; null, and past the value, if it is none or holds an escape: ids and types hold none. */
    @Nullable
    String string() {
        if (at >= end || bytes[at] != '"') {
            skipValue();
            return null;
        }
        int start = at + 1;
        skipString();
        int length = at - 1 - start;
        if (at > end || length < 0) return null;
        for (int i = start; i < at - 1; i++) {
            if (bytes[i] == '\\') return null;
        }
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    void skipValue() {
        if (at >= end) return;
        switch (bytes[at]) {
            case '"' -> skipString();
            case '{', '[' -> skipNested();
            default -> skipLiteral();
        }
    }

    private void skipNested() {
        int depth = 0;
        while (at < end) {
            byte b = bytes[at];
            if (b == '"') {
                skipString();
                continue;
            }
            at++;
            if (b == '{' || b == '[') depth++;
            else if ((b == '}' || b == ']') && --depth == 0) return;
        }
    }

    private void skipString() {
        at++;
        while (at < end && bytes[at] != '"') at += bytes[at] == '\\' ? 2 : 1;
        at++;
    }

    private void skipLiteral() {
        while (at < end) {
            byte b = bytes[at];
            if (b == ',' || b == '}' || b == ']') return;
            at++;
        }
    }

    private void skipBlanks() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n' || bytes[at] == '\r')) at++;
    }
}
