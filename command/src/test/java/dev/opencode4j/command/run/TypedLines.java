package dev.opencode4j.command.run;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/** A terminal's input: what is typed comes at once when it is typed, and a read waits for it. */
final class TypedLines extends InputStream {

    private final Queue<Byte> bytes = new ArrayDeque<>();
    private boolean ended;

    synchronized void type(String lines) {
        for (byte next : (lines + '\n').getBytes(StandardCharsets.UTF_8)) bytes.add(next);
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public synchronized int available() {
        return bytes.size();
    }

    @Override
    public synchronized int read() {
        try {
            while (bytes.isEmpty() && !ended) wait();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return bytes.isEmpty() ? -1 : bytes.remove() & 0xFF;
    }

    /** One byte: more would wait for the next line. */
    @Override
    public int read(byte[] buffer, int offset, int length) {
        int next = read();
        if (next < 0) return -1;
        buffer[offset] = (byte) next;
        return 1;
    }
}
