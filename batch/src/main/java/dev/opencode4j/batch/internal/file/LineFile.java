package dev.opencode4j.batch.internal.file;

import dev.opencode4j.core.json.JsonValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of JSON objects, one a line, which is only appended to, and by one process at a time. A line is one write, so a
 * process that is killed leaves whole lines and at most the beginning of one, which is cut off when the file is opened
 * next. Thread-safe.
 *
 * <p>All goes through one descriptor: on POSIX, closing another one of the same file would give the lock away. It is not
 * a channel's, because a thread that is interrupted would close that.
 */
final class LineFile implements AutoCloseable {

    /** What a last line without an end is worth that is a whole object nevertheless. */
    enum LastLine {
        /** As much as the others. */
        COUNTS,
        /** Nothing: the write had not returned, so what it announces was not done. */
        IS_CUT_OFF
    }

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path path;
    private final RandomAccessFile file;

    private LineFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens the file, which is made if it is not there, and locks it.
     *
     * @throws IllegalStateException if another run has it
     */
    static LineFile open(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (lock(file) == null) {
                throw new IllegalStateException("'" + path + "' is in use by another run; wait for its end or stop it");
            }
            return new LineFile(path, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    boolean isEmpty() throws IOException {
        return file.length() == 0;
    }

    /**
     * Reads all lines and mends the last.
     *
     * @throws IOException if a line is no JSON object, or {@code each} refuses it
     */
    synchronized void read(LastLine last, Consumer<JsonNode> each) throws IOException {
        file.seek(0);
        ByteLines lines = new ByteLines(file::read);
        long number = 0;
        long end = 0;
        byte[] line;
        while ((line = lines.next()) != null) {
            number++;
            JsonNode node = object(line);
            if (!lines.isWhole() && (node == null || last == LastLine.IS_CUT_OFF)) {
                file.setLength(end);
                break;
            }
            take(node, number, each);
            end = lines.end();
            if (!lines.isWhole()) {
                file.seek(end);
                file.write('\n');
            }
        }
        file.seek(file.length());
    }

    private void take(@Nullable JsonNode node, long number, Consumer<JsonNode> each) throws IOException {
        try {
            if (node == null) throw new IllegalArgumentException("it is no JSON object");
            each.accept(node);
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + path + "', line " + number + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable JsonNode object(byte[] line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            return node.isObject() ? node : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Appends an object; when this returns, no death of the process can take it back. */
    void append(Map<String, ?> fields) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator to = MAPPER.createGenerator(line)) {
            JsonValues.write(fields, to);
        }
        line.write('\n');
        synchronized (this) {
            file.write(line.toByteArray());
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
