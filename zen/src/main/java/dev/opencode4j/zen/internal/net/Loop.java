package dev.opencode4j.zen.internal.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that sees to all connections, until it is closed and the last of them is. What a task or a handler throws
 * concerns that one alone: the thread serves all others.
 *
 * <p>A read costs more than all that is done with what it brings. So where many connections have something at once, the
 * loop lets more gather: after a round of reading it rests, {@link #SHARE} for each connection that was read and
 * {@link #LONGEST_REST} at most, the time of reading included. Up to {@link #FREE} connections are read whenever something
 * comes. Tasks never wait for that.
 */
final class Loop implements AutoCloseable {

    /** What a connection is told, on the loop's thread. */
    interface Handler {

        /** Something can be done. */
        void ready() throws IOException;

        /** What {@link #ready} threw, which concerns this connection alone. Must not throw. */
        void broke(Throwable cause);
    }

    /** How long a loop that is closing waits: a connection leaves the selector only with the next selection. */
    private static final long CLOSING_MILLIS = 50;

    private static final int FREE = 16;
    private static final long SHARE = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int BUFFER = 32 << 10;

    private static final System.Logger LOG = System.getLogger(Loop.class.getName());

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "opencode4j-zen-loop");
    private volatile boolean closing;
    private volatile boolean over;

    /** Starts the thread. */
    Loop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector could be opened: " + e.getMessage(), e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Runs a task on the loop's thread, soon. What it throws is logged, and nobody else is told.
     *
     * @return false if the thread has ended: the task is not run
     */
    boolean execute(Runnable task) {
        tasks.add(task);
        if (over && tasks.remove(task)) return false;
        if (Thread.currentThread() == thread) return true;
        selector.wakeup();
        LockSupport.unpark(thread);
        return true;
    }

    /** Tells a handler whenever one of {@code operations} can be done; on the loop's thread only. */
    SelectionKey register(SelectableChannel channel, int operations, Handler handler) throws IOException {
        return channel.register(selector, operations, handler);
    }

    /**
     * Runs a task as soon as all that is ready has been told; on the loop's thread only. Who wakes another thread in the middle of a round pays for that each time; at its end, threads that are awake find more to do.
     */
    void afterwards(Runnable task) {
        afterwards.add(task);
    }

    /** Room for what is read, and taken before the next read; on the loop's thread only. */
    ByteBuffer buffer() {
        return buffer;
    }

    private void run() {
        Runnable round = this::round;
        while (!isOver()) {
            if (!attempt(round)) LockSupport.parkNanos(this, SHARE); // It may fail again at once.
        }
        attempt(() -> Sockets.close(selector));
        over = true;
        runTasks(); // Those that came too late to be refused find everything closed.
    }

    private void round() {
        runTasks();
        try {
            if (tasks.isEmpty()) selector.select(closing ? CLOSING_MILLIS : 0);
            else selector.selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long start = System.nanoTime();
        int count = tell(selector.selectedKeys());
        settle();
        if (count > FREE) restUntil(start + Math.min(count * SHARE, LONGEST_REST));
    }

    private boolean isOver() {
        return closing && tasks.isEmpty() && selector.keys().isEmpty();
    }

    private static int tell(Set<SelectionKey> selected) {
        for (SelectionKey key : selected) tell((Handler) key.attachment());
        int count = selected.size();
        selected.clear();
        return count;
    }

    /** Tells a handler that something can be done, without being asked by the selector; on the loop's thread only. */
    static void tell(Handler handler) {
        try {
            handler.ready();
        } catch (IOException | RuntimeException | Error e) {
            attempt(() -> handler.broke(e));
        }
    }

    /** Runs those that are there, and no more: one that comes again and again would keep all others waiting. */
    private void runTasks() {
        for (int left = tasks.size(); left > 0; left--) {
            Runnable task = tasks.poll();
            if (task != null) attempt(task);
        }
        settle();
    }

    private void settle() {
        for (int i = 0; i < afterwards.size(); i++) attempt(afterwards.get(i));
        afterwards.clear();
    }

    /** Whether a task went well. If it did not the thread goes on, or all requests would be left without an end. */
    private static boolean attempt(Runnable task) {
        try {
            task.run();
            return true;
        } catch (RuntimeException | Error e) {
            report(e);
            return false;
        }
    }

    private static void report(Throwable failure) {
        try {
            LOG.log(System.Logger.Level.ERROR, "a task of the loop failed", failure);
        } catch (RuntimeException | Error e) {
            // There is no memory for it, say.
        }
    }

    private void restUntil(long end) {
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            runTasks();
            if (!tasks.isEmpty()) return; // There is more to read.
            LockSupport.parkNanos(this, left);
        }
    }

    /** Ends the thread once the last connection is closed. */
    @Override
    public void close() {
        closing = true;
        execute(() -> {});
    }
}
