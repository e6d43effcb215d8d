package dev.opencode4j.core.json.syntax;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.exc.StreamReadException;

/**
 * Numbers of at most {@value #MAX_LENGTH} characters whose exponent has an amount of at most {@value #MAX_EXPONENT}.
 * Nothing that is counted or paid for comes near either; without the second bound a dozen bytes make a number of a
 * billion digits, as soon as it is added to another one, compared or written out.
 */
public final class JsonNumbers {

    /** As long as the numbers are that Jackson reads by default. */
    public static final int MAX_LENGTH = 1000;

    /** The largest exponent that is read, with either sign. */
    public static final int MAX_EXPONENT = 999;

    private JsonNumbers() {}

    /** The number that {@code text} is; empty if it is none, or beyond the bounds. */
    public static Optional<BigDecimal> find(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return number(bytes, 0, bytes.length) == bytes.length
                    ? Optional.of(new BigDecimal(text))
                    : Optional.empty();
        } catch (StreamReadException noNumber) {
            return Optional.empty();
        }
    }

    /** Where the number ends that begins at {@code at}. */
    static int number(byte[] bytes, int at, int end) {
        int next = at;
        if (is('-', bytes, next, end)) next++;
        int whole = next;
        next = digits(bytes, whole, end, at);
        if (bytes[whole] == '0' && next > whole + 1) throw JsonSyntax.broken("a number begins with a zero", at);
        if (is('.', bytes, next, end)) next = digits(bytes, next + 1, end, at);
        if (is('e', bytes, next, end) || is('E', bytes, next, end)) next = exponent(bytes, next + 1, end, at);
        if (next - at > MAX_LENGTH) throw JsonSyntax.broken("a number is too long", at);
        return next;
    }

    private static int exponent(byte[] bytes, int at, int end, int start) {
        int first = is('-', bytes, at, end) || is('+', bytes, at, end) ? at + 1 : at;
        int after = digits(bytes, first, end, start);
        int value = 0;
        for (int i = first; i < after; i++) {
            value = value * 10 + bytes[i] - '0';
            if (value > MAX_EXPONENT) throw JsonSyntax.broken("a number's exponent is too large", start);
        }
        return after;
    }

    private static int digits(byte[] bytes, int at, int end, int start) {
        int next = at;
        while (next < end && bytes[next] >= '0' && bytes[next] <= '9') next++;
        if (next == at) throw JsonSyntax.broken("there should be a value", start);
        return next;
    }

    private static boolean is(char expected, byte[] bytes, int at, int end) {
        return at < end && bytes[at] == expected;
    }
}
