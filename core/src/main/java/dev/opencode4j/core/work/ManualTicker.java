package dev.opencode4j.core.work;

import dev.opencode4j.core.error.ConnectionException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Time that stands still until it is moved: for the tests of agents. Any thread may plan a task, one thread at a time moves
 * the time, and runs what falls due.
 */
public final class ManualTicker implements Ticker, AutoCloseable {

    private record Task(long at, Runnable task) {}

    private final List<Task> tasks = new CopyOnWriteArrayList<>();
    private volatile long now = 1_000_000;
    private volatile boolean closed;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        if (closed) throw ConnectionException.closed(null);
        Task planned = new Task(now + delay.toNanos(), task);
        tasks.add(planned);
        return () -> tasks.remove(planned);
    }

    /** Drops what is planned, and refuses what is to be. */
    @Override
    public void close() {
        closed = true;
        tasks.clear();
    }

    /** How many tasks are to come. */
    public int planned() {
        return tasks.size();
    }

    /** Moves the time on, running what falls due on the way, in order. */
    public void advance(Duration by) {
        long until = now + by.toNanos();
        while (true) {
            Task next = tasks.stream()
                    .filter(task -> task.at <= until)
                    .min(Comparator.comparingLong(Task::at))
                    .orElse(null);
            if (next == null) break;
            tasks.remove(next);
            now = Math.max(now, next.at);
            next.task.run();
        }
        now = until;
    }
}
