package dev.opencode4j.core.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for bytes eight at a time: one at a time, that alone would cost more than all else that is done to an event
 * that nobody watches.
 */
public final class ByteSearch {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private ByteSearch() {}

    /** Where the first {@code a} or {@code b} between {@code start} and {@code end} lies; {@code end} if none does. */
    public static int either(byte[] bytes, int start, int end, char a, char b) {
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            long found = zeroes(word ^ (a * ONES)) | zeroes(word ^ (b * ONES));
            if (found != 0) return at + index(found);
        }
        while (at < end && bytes[at] != a && bytes[at] != b) at++;
        return at;
    }

    /** Where the first quote, backslash or byte below a blank between {@code start} and {@code end} lies; else {@code end}. */
    public static int stringEnd(byte[] bytes, int start, int end) {
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            long found = zeroes(word ^ ('"' * ONES)) | zeroes(word ^ ('\\' * ONES)) | controls(word);
            if (found != 0) return at + index(found);
        }
        while (at < end && bytes[at] != '"' && bytes[at] != '\\' && (bytes[at] >= ' ' || bytes[at] < 0)) at++;
        return at;
    }

    /** Where the first byte below a blank between {@code start} and {@code end} lies; {@code end} if none does. */
    public static int control(byte[] bytes, int start, int end) {
        int at = start;
        while (at + 2 * Long.BYTES <= end) {
            long first = controls((long) LONGS.get(bytes, at));
            long second = controls((long) LONGS.get(bytes, at + Long.BYTES));
            if ((first | second) != 0) {
                return first != 0 ? at + index(first) : at + Long.BYTES + index(second);
            }
            at += 2 * Long.BYTES;
        }
        while (at < end && (bytes[at] >= ' ' || bytes[at] < 0)) at++;
        return at;
    }

    /** The eight bytes at {@code at} as one number, the first the lowest; zeroes for those from {@code end} on. */
    public static long word(byte[] bytes, int at, int end) {
        if (at + Long.BYTES <= bytes.length) return first((long) LONGS.get(bytes, at), end - at);
        long word = 0;
        for (int i = end - 1; i >= at; i--) word = (word << Byte.SIZE) | (bytes[i] & 0xFF);
        return word;
    }

    /** The first {@code count} bytes of a word and zeroes for the others. */
    public static long first(long word, int count) {
        if (count <= 0) return 0;
        return count >= Long.BYTES ? word : word & ~(-1L << (count * Byte.SIZE));
    }

    /** Which byte of the word, counted from 0, is the first {@code a}; eight if none is. */
    public static int inWord(long word, char a) {
        return index(zeroes(word ^ (a * ONES)));
    }

    /** Has the high bit of the first byte set that is zero; bits beyond that one mean nothing. */
    private static long zeroes(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }

    /** As {@link #zeroes}, of bytes below a blank. */
    private static long controls(long word) {
        return (word - ' ' * ONES) & ~word & HIGH_BITS;
    }

    private static int index(long found) {
        return Long.numberOfTrailingZeros(found) / Byte.SIZE;
    }
}
