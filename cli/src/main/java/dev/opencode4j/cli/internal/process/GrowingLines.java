package dev.opencode4j.cli.internal.process;

import dev.opencode4j.core.error.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Reads the lines of a file while it grows. A line is handed on when it is whole, and looked at once. */
public final class GrowingLines implements Closeable {

    /** As large as an event of a server may be; a line holds one. */
    private static final int MAX_LINE = 64 << 20;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);

    private final int maxLine;

    private GrowingLines(FileChannel file, int maxLine) {
        this.file = file;
        this.maxLine = maxLine;
    }

    /** Opens a file that exists. */
    public static GrowingLines open(Path file) throws IOException {
        return open(file, MAX_LINE);
    }

    static GrowingLines open(Path file, int maxLine) throws IOException {
        return new GrowingLines(FileChannel.open(file, StandardOpenOption.READ), maxLine);
    }

    /**
     * Hands on the lines that became whole since the last time, without their ends; does not wait.
     *
     * @throws ProtocolException if a line has more than {@value #MAX_LINE} bytes
     */
    public void read(Consumer<byte[]> consumer) throws IOException {
        while (file.read(buffer) > 0) {
            byte[] bytes = buffer.array();
            int end = buffer.position();
            int start = 0;
            for (int i = 0; i < end; i++) {
                if (bytes[i] != '\n') continue;
                line.write(bytes, start, i - start);
                handOn(consumer);
                start = i + 1;
            }
            if (line.size() + end - start > maxLine) throw tooLong();
            line.write(bytes, start, end - start);
            buffer.clear();
        }
    }

    /** Reads to the end, where a last line may lack its end. */
    public void finish(Consumer<byte[]> consumer) throws IOException {
        read(consumer);
        handOn(consumer);
    }

    private void handOn(Consumer<byte[]> consumer) {
        if (line.size() == 0) return;
        byte[] whole = line.toByteArray();
        line.reset();
        consumer.accept(whole);
    }

    private ProtocolException tooLong() {
        byte[] read = line.toByteArray();
        int quoted = Math.min(read.length, ProtocolException.RAW_LIMIT);
        String beginning = new String(read, 0, quoted, StandardCharsets.UTF_8);
        return ProtocolException.tooLarge(
                "a line has more than " + maxLine + " bytes", null, beginning, "A tool's output may be too large.");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
