package dev.opencode4j.zen.internal.net;

import dev.opencode4j.core.work.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Connections that wait for their next request, half a minute at most. On the loop's thread only. */
final class IdleConnections {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private record Waiting(Connection connection, long since) {}

    private final Loop loop;
    private final Ticker ticker;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean watched;
    private boolean closed;

    IdleConnections(Loop loop, Ticker ticker) {
        this.loop = loop;
        this.ticker = ticker;
    }

    /** The one that was used last, which is the least likely to be given up by the other side; null if there is none. */
    @Nullable
    Connection take() {
        for (Waiting last = waiting.pollLast(); last != null; last = waiting.pollLast()) {
            if (last.connection().isOpen()) return last.connection();
        }
        return null;
    }

    void add(Connection connection) {
        if (closed) {
            connection.close();
            return;
        }
        waiting.addLast(new Waiting(connection, ticker.nanoTime()));
        watch();
    }

    private void watch() {
        if (watched || waiting.isEmpty()) return;
        watched = true;
        try {
            ticker.schedule(LONGEST, () -> loop.execute(this::sweep));
        } catch (RuntimeException closed) {
            close(); // Nobody would sweep.
        }
    }

    private void sweep() {
        watched = false;
        long oldest = ticker.nanoTime() - LONGEST.toNanos();
        while (!waiting.isEmpty() && waiting.getFirst().since() - oldest <= 0) {
            waiting.removeFirst().connection().close();
        }
        watch();
    }

    void close() {
        closed = true;
        waiting.forEach(each -> each.connection().close());
        waiting.clear();
    }
}
