package dev.opencode4j.core.json.read;

import dev.opencode4j.core.bytes.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes strings of names that come again and again, without making them again and again: the fields of JSON, the types
 * of events. Thread-safe without a lock: a lost write only costs a string.
 */
final class KnownNames {

    /** KnownNames of fewer bytes are told apart by two words alone. */
    static final int SHORT = 2 * Long.BYTES;

    private static final int SLOT_BITS = 9;
    private static final int LONGEST = 32;

    private static final class Name {
        private final long first;
        private final long second;
        private final byte[] bytes;
        private final int length;
        private final String text;

        Name(long first, long second, byte[] bytes) {
            this.first = first;
            this.second = second;
            this.bytes = bytes;
            this.length = bytes.length;
            this.text = new String(bytes, StandardCharsets.UTF_8);
        }

        boolean is(long itsFirst, long itsSecond, int itsLength) {
            return first == itsFirst && second == itsSecond && length == itsLength;
        }
    }

    private static final @Nullable Name[] KNOWN = new Name[1 << SLOT_BITS];

    private KnownNames() {}

    /**
     * The name of fewer than {@link #SHORT} bytes, or null if it has not been seen of late.
     *
     * @param first its first eight bytes, or all of them and zeroes
     * @param second the others and zeroes
     */
    static @Nullable String find(long first, long second, int length) {
        Name known = KNOWN[slot(first, second)];
        return known != null && known.is(first, second, length) ? known.text : null;
    }

    /** The name in UTF-8 that lies between {@code start} and {@code end}. */
    static String of(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length > LONGEST) return new String(bytes, start, length, StandardCharsets.UTF_8);
        long first = ByteSearch.word(bytes, start, end);
        int rest = length < SHORT ? start + Long.BYTES : end - Long.BYTES;
        long second = ByteSearch.word(bytes, rest, end);
        int slot = slot(first, second);
        Name known = KNOWN[slot];
        if (known != null && known.is(first, second, length)) {
            boolean same = length <= SHORT || Arrays.equals(known.bytes, 0, length, bytes, start, end);
            if (same) return known.text;
        }
        Name learnt = new Name(first, second, Arrays.copyOfRange(bytes, start, end));
        KNOWN[slot] = learnt;
        return learnt.text;
    }

    private static int slot(long first, long second) {
        return (int) (((first * 31 + second) * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - SLOT_BITS));
    }
}
