package dev.opencode4j.server.internal.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Reads what a process writes, so that it never blocks on a full pipe, and keeps the end of it. Thread-safe. */
public final class OutputTail {

    private static final int KEPT = 64 * 1024;

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final byte[] ring = new byte[KEPT];
    private long written;

    /** Reads to the end; returns when the process, and all that share its output, have closed it. */
    public void drain(InputStream output) {
        byte[] buffer = new byte[8 * 1024];
        try {
            int read;
            while ((read = output.read(buffer)) >= 0) append(buffer, read);
        } catch (IOException e) {
            // The process is gone; what it said is kept.
        } finally {
            end.complete(null);
        }
    }

    /** Completes when all is read, or after {@code limit}: a command that outlives its server holds the output open. */
    public CompletableFuture<Void> endWithin(Duration limit) {
        return end.copy().completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void append(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) ring[(int) ((written + i) % KEPT)] = bytes[i];
        written += length;
    }

    /** The end of what was written. */
    public synchronized String text() {
        int length = (int) Math.min(written, KEPT);
        byte[] tail = new byte[length];
        for (int i = 0; i < length; i++) tail[i] = ring[(int) ((written - length + i) % KEPT)];
        return new String(tail, StandardCharsets.UTF_8);
    }
}
