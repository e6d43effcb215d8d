package dev.opencode4j.core.sse;

import java.util.Arrays;

/** Bytes that are added to and forgotten again and again. */
final class GrowingBytes {

    /** What is kept for next time; a rare huge event must not hold its memory for good. */
    private static final int KEPT_CAPACITY = 1 << 20;

    private byte[] bytes = new byte[512];
    private int length;

    void append(byte[] source, int offset, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    void append(byte b) {
        append(new byte[] {b}, 0, 1);
    }

    /** Forgets the bytes; the array stays readable until the next append. */
    void clear() {
        length = 0;
    }

    /** Gives back the memory of a huge event. */
    void trim() {
        if (length == 0 && bytes.length > KEPT_CAPACITY) bytes = new byte[512];
    }

    boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }
}
