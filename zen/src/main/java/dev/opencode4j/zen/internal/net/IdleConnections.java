package dev.opencode4j.zen.internal.net;

import dev.opencode4j.core.work.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connections that wait for their next request, by where they lead. Each is given up before the other side does so: a
 * request that meets its end on the way may have been read or not. On the loop's thread only.
 */
final class IdleConnections {

    /** Node's servers, the most common ones, keep a connection for 5 s. */
    private static final Duration UNSAID = Duration.ofSeconds(4);

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** What a request needs to get there. */
    private static final Duration TRANSIT = Duration.ofSeconds(1);

    private static final Duration SWEEP = Duration.ofSeconds(1);

    private record Waiting(Connection connection, long until) {}

    private final Loop loop;
    private final Ticker ticker;
    private final Map<Hop, Deque<Waiting>> waiting = new HashMap<>();
    private boolean watched;
    private boolean closed;

    IdleConnections(Loop loop, Ticker ticker) {
        this.loop = loop;
        this.ticker = ticker;
    }

    /** The one that was used last, which is the least likely to be given up by the other side; null if there is none. */
    @Nullable
    Connection take(Hop hop) {
        Deque<Waiting> known = waiting.getOrDefault(hop, new ArrayDeque<>(0));
        for (Waiting last = known.pollLast(); last != null; last = known.pollLast()) {
            if (isOver(last)) last.connection().close();
            else if (last.connection().isUsable()) return last.connection();
        }
        return null;
    }

    /** Keeps one for as long as the other side does, or not at all. */
    void add(Hop hop, Connection connection, @Nullable Duration keepAlive) {
        Duration kept = keepAlive == null ? UNSAID : keepAlive.minus(TRANSIT);
        if (closed || kept.compareTo(Duration.ZERO) <= 0) {
            connection.close();
            return;
        }
        long length = kept.compareTo(LONGEST) < 0 ? kept.toNanos() : LONGEST.toNanos();
        waiting.computeIfAbsent(hop, key -> new ArrayDeque<>())
                .addLast(new Waiting(connection, ticker.nanoTime() + length));
        watch();
    }

    private boolean isOver(Waiting each) {
        return each.until() - ticker.nanoTime() <= 0;
    }

    private void watch() {
        if (watched || waiting.isEmpty()) return;
        watched = true;
        try {
            ticker.schedule(SWEEP, () -> loop.execute(this::sweep));
        } catch (RuntimeException agentClosed) {
            close(); // Nobody would sweep.
        }
    }

    private void sweep() {
        watched = false;
        for (Deque<Waiting> known : waiting.values()) {
            known.removeIf(each -> {
                if (isOver(each)) each.connection().close();
                return each.connection().isClosed();
            });
        }
        waiting.values().removeIf(Deque::isEmpty);
        watch();
    }

    void close() {
        closed = true;
        waiting.values()
                .forEach(known -> known.forEach(each -> each.connection().close()));
        waiting.clear();
    }
}
