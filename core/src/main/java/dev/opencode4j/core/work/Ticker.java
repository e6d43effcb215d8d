package dev.opencode4j.core.work;

import dev.opencode4j.core.error.ConnectionException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The time, and tasks at a later time; a test has its own. */
public interface Ticker {

    /** The time in nanoseconds since some moment. */
    long nanoTime();

    /**
     * Runs {@code task}, which must not block, after {@code delay} unless it is cancelled, or the time is closed, before.
     *
     * @throws ConnectionException if the time is closed: the task would never run, and who waits for it, never end. It
     *     is a failure as a turn's any other, one object for each call, which no other try makes better
     */
    Cancellable schedule(Duration delay, Runnable task);

    /** A task to come. */
    @FunctionalInterface
    interface Cancellable {

        /** Takes the task back if it has not begun. */
        void cancel();
    }

    /** The system's time, and tasks on {@code timer}; it is closed when that is shut down. */
    static Ticker system(ScheduledExecutorService timer) {
        return new Ticker() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Cancellable schedule(Duration delay, Runnable task) {
                try {
                    ScheduledFuture<?> future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                    return () -> future.cancel(false);
                } catch (RejectedExecutionException closed) {
                    throw ConnectionException.closed(null);
                }
            }
        };
    }
}
