package dev.opencode4j.core.spi;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that agents run on: virtual ones where the runtime has them, daemons elsewhere. None keeps a program
 * from ending.
 */
public final class Threads {

    private Threads() {}

    /** An executor with a thread for each task, named {@code name-1} and so on; tasks may block. */
    public static ExecutorService perTask(String name) {
        try {
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, threads(name));
        } catch (ReflectiveOperationException | UnsupportedOperationException before21) {
            return new ThreadPoolExecutor(
                    0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(name));
        }
    }

    /**
     * An executor for what many consumers do with what they are told: short as a rule, but nobody knows. A task that
     * blocks holds up others for some milliseconds, one that computes without end for a fifth of a second.
     */
    public static ExecutorService forConsumers(String name) {
        return new GrowingPool(Runtime.getRuntime().availableProcessors(), threads(name), timer(name + "-growth"));
    }

    /** A timer on one daemon thread, for tasks that never block. Cancelled tasks are forgotten at once. */
    public static ScheduledThreadPoolExecutor timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons(name));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    private static ThreadFactory threads(String name) {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Object virtual = Thread.class.getMethod("ofVirtual").invoke(null);
            Object named = builder.getMethod("name", String.class, long.class).invoke(virtual, name + '-', 1L);
            return (ThreadFactory) builder.getMethod("factory").invoke(named);
        } catch (ReflectiveOperationException | UnsupportedOperationException before21) {
            return daemons(name);
        }
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + '-' + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
