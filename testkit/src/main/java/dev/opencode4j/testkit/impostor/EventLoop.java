package dev.opencode4j.testkit.impostor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The one thread that owns every socket and all state of an impostor. Because nothing else touches them, what REST tells
 * always agrees with what was emitted, without a lock and without a thread per turn.
 */
final class EventLoop implements AutoCloseable {

    /** What is called when a registered channel can be read from, written to or accepted from. */
    interface Ready {
        void ready(SelectionKey key);
    }

    private record Timer(long due, long sequence, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(due - other.due, 0);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private record Watch(BooleanSupplier condition, CompletableFuture<Boolean> met) {
        boolean isOver() {
            if (!met.isDone() && condition.getAsBoolean()) {
                met.complete(Boolean.TRUE);
            }
            return met.isDone();
        }
    }

    private static final System.Logger LOG = System.getLogger(EventLoop.class.getName());

    private static final long LOOK_EVERY = 2_000_000;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final List<Runnable> endOfRound = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private long lastLook = System.nanoTime();
    private long timersMade;
    private volatile boolean closed;

    EventLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::run, "impostor");
        thread.setDaemon(true);
        thread.start();
    }

    Selector selector() {
        return selector;
    }

    /** Runs the task on the loop, after those already waiting. */
    void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread && awake.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Runs the task on the loop and waits for what it returns; on the loop itself it runs at once. */
    <T> T call(Supplier<T> task) {
        if (Thread.currentThread() == thread) {
            return task.get();
        }
        if (closed || !thread.isAlive()) {
            throw new IllegalStateException("The impostor is closed.");
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        execute(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result.join();
    }

    /** As {@link #call}, for what returns nothing. */
    void run(Runnable task) {
        call(() -> {
            task.run();
            return Boolean.TRUE;
        });
    }

    /** Completes when the condition, looked at after each round of the loop, is met. Cancel it to give up. */
    CompletableFuture<Boolean> until(BooleanSupplier condition) {
        CompletableFuture<Boolean> met = new CompletableFuture<>();
        execute(() -> watches.add(new Watch(condition, met)));
        return met;
    }

    /** Runs the task on the loop after the delay. Only from the loop. */
    void schedule(Duration delay, Runnable task) {
        timers.add(new Timer(System.nanoTime() + delay.toNanos(), timersMade++, task));
    }

    /** Runs the task once when this round of tasks is done: writes of a round go out together. */
    void atEndOfRound(Runnable task) {
        endOfRound.add(task);
    }

    private void run() {
        while (!closed) {
            try {
                round();
            } catch (IOException e) {
                LOG.log(Level.ERROR, "The impostor's selector failed.", e);
                return;
            }
        }
        Runnable last;
        while ((last = tasks.poll()) != null) {
            safely(last);
        }
    }

    private void round() throws IOException {
        if (tasks.isEmpty()) {
            select();
        } else {
            selector.selectNow();
        }
        awake.set(false);
        List<SelectionKey> selected = List.copyOf(selector.selectedKeys());
        selector.selectedKeys().clear();
        for (SelectionKey key : selected) {
            safely(() -> ((Ready) key.attachment()).ready(key));
        }
        for (int waiting = tasks.size(); waiting > 0; waiting--) {
            Runnable task = tasks.poll();
            if (task != null) {
                safely(task);
            }
        }
        long now = System.nanoTime();
        for (Timer timer = timers.peek(); timer != null && timer.due - now <= 0; timer = timers.peek()) {
            timers.remove();
            safely(timer.task);
        }
        List<Runnable> flushes = List.copyOf(endOfRound);
        endOfRound.clear();
        flushes.forEach(EventLoop::safely);
        look();
    }

    /** Looks at what is waited for: a condition may have to count every session, so not after each of many rounds. */
    private void look() {
        long now = System.nanoTime();
        if (!watches.isEmpty() && (tasks.isEmpty() || now - lastLook > LOOK_EVERY)) {
            lastLook = now;
            watches.removeIf(Watch::isOver);
        }
    }

    private void select() throws IOException {
        Timer next = timers.peek();
        if (next == null) {
            selector.select();
            return;
        }
        long nanos = next.due - System.nanoTime();
        if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(nanos / 1_000_000 + 1);
        }
    }

    private static void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The impostor stumbled; it goes on with its other work.", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            if (Thread.currentThread() != thread) {
                thread.join();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
