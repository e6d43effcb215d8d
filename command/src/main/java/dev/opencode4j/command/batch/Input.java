package dev.opencode4j.command.batch;

import dev.opencode4j.command.terminal.Caller;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the prompts are.
 *
 * @param stream the lines; closing it closes a file and leaves standard input
 * @param total how many lines there are, or -1 if that can't be known
 */
record Input(InputStream stream, long total) implements AutoCloseable {

    static Input of(String name, Caller caller) {
        if (name.equals("-")) return new Input(caller.input(), -1);
        Path file = Path.of(name);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("'" + name + "' is no file that can be read");
        }
        try {
            long total = Files.isRegularFile(file) ? lines(file) : -1;
            return new Input(Files.newInputStream(file), total);
        } catch (IOException e) {
            throw new UncheckedIOException("'" + name + "' can't be read", e);
        }
    }

    private static long lines(Path file) throws IOException {
        long lines = 0;
        boolean isBlank = true;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024)) {
            int each;
            while ((each = in.read()) >= 0) {
                if (each == '\n') {
                    if (!isBlank) lines++;
                    isBlank = true;
                } else if (each > ' ') {
                    isBlank = false;
                }
            }
        }
        return isBlank ? lines : lines + 1;
    }

    @Override
    public void close() {
        if (total < 0) return;
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
