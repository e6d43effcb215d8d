package dev.opencode4j.server.internal.sse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the ends of lines, eight bytes at a time: byte by byte, this would cost more than all else that is done to an
 * event that nobody watches.
 */
final class LineEnd {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private LineEnd() {}

    /** Where the first LF or CR of the range lies; {@code end} if there is none. */
    static int find(byte[] bytes, int start, int end) {
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            long found = zeroes(word ^ ('\n' * ONES)) | zeroes(word ^ ('\r' * ONES));
            if (found != 0) return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
        }
        while (at < end && bytes[at] != '\n' && bytes[at] != '\r') at++;
        return at;
    }

    /** The high bit of the word's first byte that is zero; bits beyond it may be set for no reason. */
    private static long zeroes(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }
}
