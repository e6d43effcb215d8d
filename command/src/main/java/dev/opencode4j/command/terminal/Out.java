package dev.opencode4j.command.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** An output in UTF-8, whatever the locale; what is printed is out when the method returns. Thread-safe. */
public final class Out extends Writer {

    private final OutputStream to;
    private final boolean essential;

    private Out(OutputStream to, boolean essential) {
        this.to = to;
        this.essential = essential;
    }

    /** An output without which there is no point in going on. */
    public static Out essential(OutputStream to) {
        return new Out(to, true);
    }

    /** An output that may be closed: what is printed then is lost. */
    public static Out optional(OutputStream to) {
        return new Out(to, false);
    }

    /**
     * Prints text as it is.
     *
     * @throws BrokenPipeException if nobody reads any more, and this is essential
     */
    public void print(String text) {
        synchronized (to) {
            try {
                to.write(text.getBytes(StandardCharsets.UTF_8));
                to.flush();
            } catch (IOException e) {
                if (essential) throw new BrokenPipeException(e);
            }
        }
    }

    /** Prints text and a line's end. */
    public void line(String text) {
        print(text + '\n');
    }

    @Override
    public void write(char[] buffer, int offset, int length) {
        print(new String(buffer, offset, length));
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        // The stream is the process's.
    }
}
