package dev.opencode4j.core.spi;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A few threads for many tasks that are short as a rule, but may block.
 *
 * <p>To hand each task to a thread of its own costs more than the task, most of all where the kernel has to wake it. So
 * the tasks queue for as many threads as there are processors. Somebody looks every few milliseconds whether the queue
 * moves. When it does not because all threads are blocked, there are twice as many of them, and so on, until it moves:
 * no task waits for another for good. Each time that has not happened for a while, there are half as many.
 */
final class GrowingPool extends ThreadPoolExecutor {

    private static final long LOOK_MILLIS = 5;

    /** A thread that waits for a socket looks as if it worked; and one that works may have to wait for a processor. */
    private static final int LOOKS_TO_BELIEVE_IN_WORK = 40;

    private static final long CALM_MILLIS = 10_000;

    private final int few;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<Thread> busy = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watched = new AtomicBoolean();

    // The timer's thread alone touches these.
    private @Nullable Runnable first;
    private int looks;
    private int growths;

    /** A pool of at least {@code few} threads that shuts down {@code timer} when it has terminated. */
    GrowingPool(int few, ThreadFactory threads, ScheduledThreadPoolExecutor timer) {
        super(few, Integer.MAX_VALUE, CALM_MILLIS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), threads);
        allowCoreThreadTimeOut(true);
        this.few = few;
        this.timer = timer;
        timer.setRejectedExecutionHandler(new DiscardPolicy()); // The last task may end while another one is watched.
    }

    @Override
    public void execute(Runnable task) {
        super.execute(task);
        if (!getQueue().isEmpty() && watched.compareAndSet(false, true)) lookLater();
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        busy.add(thread);
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable failure) {
        busy.remove(Thread.currentThread());
    }

    @Override
    protected void terminated() {
        timer.shutdownNow();
    }

    private void lookLater() {
        timer.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        Runnable before = first;
        first = getQueue().peek();
        looks = first == before ? looks + 1 : 0;
        if (first == null) {
            watched.set(false);
            if (getQueue().isEmpty() || !watched.compareAndSet(false, true)) return;
        } else if (looks > 0 && (areAllBlocked() || looks >= LOOKS_TO_BELIEVE_IN_WORK)) {
            grow();
        }
        lookLater();
    }

    private boolean areAllBlocked() {
        return busy.size() >= getPoolSize()
                && busy.stream().noneMatch(thread -> thread.getState() == Thread.State.RUNNABLE);
    }

    private void grow() {
        looks = 0;
        growths++;
        setCorePoolSize(2 * getCorePoolSize());
        shrinkLater(growths);
    }

    private void shrinkLater(int growthsThen) {
        timer.schedule(() -> shrinkUnlessGrownSince(growthsThen), CALM_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void shrinkUnlessGrownSince(int then) {
        if (growths != then) return;
        setCorePoolSize(Math.max(few, getCorePoolSize() / 2));
        if (getCorePoolSize() > few) shrinkLater(then);
    }
}
