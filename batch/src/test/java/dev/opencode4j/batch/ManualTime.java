package dev.opencode4j.batch;

import dev.opencode4j.core.work.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that stands still until a test moves it. Thread-safe. */
final class ManualTime implements Ticker, InstantSource {

    private record Task(long at, Runnable task) {}

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Task> tasks = new ArrayList<>();
    private long now;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Instant instant() {
        return START.plusNanos(now);
    }

    @Override
    public synchronized Cancellable schedule(Duration delay, Runnable task) {
        Task planned = new Task(now + delay.toNanos(), task);
        tasks.add(planned);
        return () -> cancel(planned);
    }

    private synchronized void cancel(Task task) {
        tasks.remove(task);
    }

    /** How long until the next task; null if there is none. */
    synchronized Duration untilNext() {
        return tasks.stream()
                .min(Comparator.comparingLong(Task::at))
                .map(task -> Duration.ofNanos(task.at - now))
                .orElse(null);
    }

    /** Moves the time on and runs what is due. */
    void advance(Duration by) {
        List<Task> due;
        synchronized (this) {
            now += by.toNanos();
            due = tasks.stream().filter(task -> task.at <= now).toList();
            tasks.removeAll(due);
        }
        due.forEach(task -> task.task().run());
    }
}
