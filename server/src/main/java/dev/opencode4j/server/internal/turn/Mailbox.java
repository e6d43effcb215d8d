package dev.opencode4j.server.internal.turn;

import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs the tasks of one turn one after the other, in the order in which they were posted, on the threads that post
 * them: whoever finds the mailbox idle works until it is empty. A turn needs no thread of its own this way, an event
 * reaches it without a change of threads, and nobody ever waits for a lock. Tasks must not block.
 */
final class Mailbox {

    private static final System.Logger LOG = System.getLogger(Mailbox.class.getName());

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Consumer<Throwable> onFailure;

    Mailbox(Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
    }

    void post(Runnable task) {
        // What waits goes first, even if nobody runs at the moment: whoever posted it may be about to count it.
        if (tasks.isEmpty() && waiting.compareAndSet(0, 1)) {
            run(task);
        } else {
            tasks.add(task);
            if (waiting.getAndIncrement() != 0) return;
            run(tasks.remove());
        }
        while (waiting.decrementAndGet() != 0) run(tasks.remove());
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // The thread may be the one that serves all turns.
            report(e);
        }
    }

    /** A failure to handle a failure must not stop the mailbox: what is counted as waiting would wait for ever. */
    private void report(Throwable failure) {
        try {
            onFailure.accept(failure);
        } catch (Throwable e) {
            if (e != failure) failure.addSuppressed(e);
            LOG.log(Level.ERROR, "A turn could not be ended after a failure", failure);
        }
    }
}
