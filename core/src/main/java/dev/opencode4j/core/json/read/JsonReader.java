package dev.opencode4j.core.json.read;

import dev.opencode4j.core.part.Json;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON value by value and forgives odd types: a value that is not what was expected is skipped and reads as
 * absent. Only text that is no JSON makes it throw, as Jackson does; and what is beyond the bounds of {@link
 * dev.opencode4j.core.json.syntax.JsonSyntax}. A value that is left alone is checked and skipped.
 *
 * <p>Most of an event is of no interest here. A parser has to look at all of it closely enough to hand it over; this
 * one hurries past what it is not asked for, which makes it several times as fast. Reusable; not thread-safe.
 */
public final class JsonReader {

    private final JsonCursor cursor = new JsonCursor();

    /** Whether there is a value that has not been read, entered or skipped. */
    private boolean atHand;

    /** Whether an object or array has just been entered: nothing in it has been read. */
    private boolean entered;

    /** Reads the JSON value that lies in {@code bytes}. */
    public static JsonReader of(byte[] bytes, int offset, int length) {
        JsonReader reader = new JsonReader();
        reader.over(bytes, offset, length);
        return reader;
    }

    /** Reads another value. */
    public void over(byte[] bytes, int offset, int length) {
        cursor.over(bytes, offset, length);
        atHand = true;
        entered = false;
    }

    /** Steps into the object at hand; false, and past the value, if it is none. */
    public boolean enterObject() {
        return enter('{');
    }

    /** Steps into the array at hand; false, and past the value, if it is none. */
    public boolean enterArray() {
        return enter('[');
    }

    private boolean enter(char open) {
        if (!isAtHand(open)) {
            skip();
            return false;
        }
        cursor.enter(open);
        atHand = false;
        entered = true;
        return true;
    }

    /** The next field's name, with its value at hand; null at the object's end. */
    public @Nullable String nextField() {
        if (!next('}')) return null;
        String name = cursor.name();
        cursor.pass(':');
        return name;
    }

    /** Whether there is another element, which is then at hand. */
    public boolean nextElement() {
        return next(']');
    }

    private boolean next(char close) {
        skip();
        boolean first = entered;
        entered = false;
        if (cursor.peek() == close) {
            cursor.leave(close);
            return false;
        }
        if (!first) cursor.pass(',');
        atHand = true;
        return true;
    }

    /** The value at hand as text; null, and past it, if it is an object, an array or null. */
    public @Nullable String text() {
        if (isAtHand('"')) {
            atHand = false;
            return cursor.string();
        }
        if (!atHand || isAtHand('{') || isAtHand('[') || isAtHand('n')) {
            skip();
            return null;
        }
        atHand = false;
        return cursor.literal();
    }

    /** As {@link #text()}, and the very same string if that is equal to {@code likely}. */
    public @Nullable String text(@Nullable String likely) {
        if (likely == null || !isAtHand('"') || !cursor.passString(likely)) return text();
        atHand = false;
        return likely;
    }

    /** As {@link #text()}, for one of a few words that come again and again. */
    public @Nullable String name() {
        if (!isAtHand('"')) return text();
        atHand = false;
        return cursor.name();
    }

    /** As {@link #name()}; empty if it has none. */
    public String nameOrEmpty() {
        String name = name();
        return name == null ? "" : name;
    }

    /** The value at hand as text; empty if it has none. */
    public String textOrEmpty() {
        String text = text();
        return text == null ? "" : text;
    }

    /** The value at hand as a number; zero, and past it, if it is none. */
    public BigDecimal decimal() {
        if (!isNumber()) {
            skip();
            return BigDecimal.ZERO;
        }
        atHand = false;
        long digits = cursor.digits();
        return digits >= 0 ? BigDecimal.valueOf(digits) : new BigDecimal(cursor.literal());
    }

    /** The value at hand as a whole number; zero, and past it, if it is none or too large. */
    public long number() {
        if (isNumber()) {
            long digits = cursor.digits();
            if (digits >= 0) {
                atHand = false;
                return digits;
            }
        }
        BigDecimal value = decimal();
        return value.precision() - value.scale() > 18 ? 0 : value.longValue();
    }

    private boolean isNumber() {
        if (!atHand) return false;
        byte first = cursor.peek();
        return first == '-' || (first >= '0' && first <= '9');
    }

    /** The value at hand as milliseconds since 1970; null if it is no positive number. */
    public @Nullable Instant instant() {
        long millis = number();
        return millis <= 0 ? null : Instant.ofEpochMilli(millis);
    }

    /** Whether the value at hand is {@code true}. */
    public boolean isTrue() {
        boolean yes = isAtHand('t');
        skip();
        return yes;
    }

    /** Where the value at hand begins, for {@link #since}. */
    public int mark() {
        return cursor.position();
    }

    /** What lies between a mark and the end of the value that was read last, as it was sent. */
    public Json since(int mark) {
        return Json.verbatim(cursor.since(mark).strip());
    }

    /** The value at hand, as it was sent. */
    public Json raw() {
        int start = mark();
        skip();
        return since(start);
    }

    /** The object at hand, as it was sent; the empty one, and past the value, if it is none. */
    public Json rawObject() {
        if (isObject()) return raw();
        skip();
        return Json.EMPTY;
    }

    /** Whether the value at hand is an object. */
    public boolean isObject() {
        return isAtHand('{');
    }

    /** Whether there is a value at hand that begins so. */
    public boolean isAtHand(char first) {
        return atHand && cursor.peek() == first;
    }

    /** Past the value at hand. */
    public void skip() {
        if (atHand) cursor.skipValue();
        atHand = false;
    }
}
