package dev.opencode4j.command.run;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the person at the terminal about one request at a time, in the order in which they came, and keeps the screen to
 * the question until it is answered. Thread-safe.
 *
 * <p>A read of the terminal can't be taken back: if a request ends elsewhere while its question is on the screen, the
 * line that is typed next answers nothing. It must not be taken for the answer to the next question.
 */
final class RequestDialog {

    private final Screen screen;
    private final Set<String> waiting = new HashSet<>();
    private final ExecutorService asker = Executors.newSingleThreadExecutor(RequestDialog::thread);
    private @Nullable String current;
    private boolean over;

    RequestDialog(Screen screen) {
        this.screen = screen;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "opencode4j-terminal");
        thread.setDaemon(true); // It may wait for a line that nobody types any more.
        return thread;
    }

    /** Runs {@code question} as soon as it is its turn, unless the request has ended by then. */
    synchronized void ask(String requestId, Runnable question) {
        if (over || !waiting.add(requestId)) return;
        screen.hold();
        asker.execute(() -> run(requestId, question));
    }

    private void run(String requestId, Runnable question) {
        synchronized (this) {
            if (!waiting.contains(requestId)) return;
            current = requestId;
        }
        try {
            question.run();
        } finally {
            synchronized (this) {
                current = null;
                end(requestId);
            }
        }
    }

    /** Whether the request still waits for its answer. */
    synchronized boolean isWaiting(String requestId) {
        return waiting.contains(requestId);
    }

    /** The request was answered, here or elsewhere. */
    synchronized void end(String requestId) {
        if (!waiting.remove(requestId)) return;
        if (requestId.equals(current)) screen.endQuestion("  answered elsewhere: press Enter to go on");
        if (waiting.isEmpty()) screen.release();
    }

    /** The turn is over: nothing waits any more. */
    synchronized void endAll() {
        over = true;
        waiting.clear();
        asker.shutdown();
        screen.release();
    }
}
