package dev.opencode4j.command.run;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A terminal's input: what is typed comes when it is typed, and a read waits for it. */
final class TypedLines extends InputStream {

    private static final int END = -1;

    private final BlockingQueue<Integer> bytes = new LinkedBlockingQueue<>();

    void type(String line) {
        for (byte b : (line + '\n').getBytes(StandardCharsets.UTF_8)) bytes.add(b & 0xFF);
    }

    void end() {
        bytes.add(END);
    }

    @Override
    public int read() {
        try {
            int next = bytes.take();
            if (next == END) bytes.add(END);
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One byte: more would wait for the next line. */
    @Override
    public int read(byte[] buffer, int offset, int length) {
        int next = read();
        if (next == END) return END;
        buffer[offset] = (byte) next;
        return 1;
    }
}
