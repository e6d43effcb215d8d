package dev.opencode4j.batch.internal.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines as bytes: where a line ends does not depend on what it says, and broken UTF-8 is seen by whoever parses it. Not
 * for use by several threads.
 */
public final class ByteLines {

    /** Where bytes come from. */
    @FunctionalInterface
    public interface Source {

        /** Reads up to {@code buffer.length} bytes and returns how many; -1 at the end. */
        int read(byte[] buffer) throws IOException;
    }

    private final Source source;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int limit;
    private long end;
    private boolean whole;

    /** The lines of {@code source}. */
    public ByteLines(Source source) {
        this.source = source;
    }

    /** The next line without its end; null after the last. */
    public byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(0);
        whole = false;
        do {
            int from = position;
            while (position < limit && !whole) whole = buffer[position++] == '\n';
            end += position - from;
            int length = position - from - (whole ? 1 : 0);
            if (whole && line.size() == 0) return Arrays.copyOfRange(buffer, from, from + length);
            line.write(buffer, from, length);
        } while (!whole && fill());
        return whole || line.size() > 0 ? line.toByteArray() : null;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, source.read(buffer));
        return limit > 0;
    }

    /** Whether the last line had an end; only the very last of all may have none. */
    boolean isWhole() {
        return whole;
    }

    /** How many bytes have been read as lines. */
    long end() {
        return end;
    }
}
