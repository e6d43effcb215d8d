package dev.opencode4j.command.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that Ctrl-C and SIGTERM end the work and not only the program: turns are aborted upstream, the end is shown,
 * and only then does the program go.
 */
public final class Stopping implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration LAST_WORD = Duration.ofMillis(500);

    private final Thread main = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Runnable lastWord;
    private final Thread hook = new Thread(this::stop, "opencode4j-stop");
    private @Nullable Runnable interrupt;
    private boolean requested;

    private Stopping(Runnable lastWord) {
        this.lastWord = lastWord;
    }

    /**
     * Watches for signals until it is closed; the calling thread is the one that works.
     *
     * @param lastWord is said when the work does not end in time
     */
    public static Stopping watch(Runnable lastWord) {
        Stopping stopping = new Stopping(lastWord);
        Runtime.getRuntime().addShutdownHook(stopping.hook);
        return stopping;
    }

    /** This interrupts the work, and is called at once if that was asked before; until there is one, the thread is. */
    public synchronized void interruptsBy(Runnable work) {
        interrupt = work;
        if (requested) work.run();
    }

    /** Whether the program is to end. */
    public synchronized boolean isRequested() {
        return requested;
    }

    private void stop() {
        synchronized (this) {
            requested = true;
            if (interrupt != null) interrupt.run();
            else main.interrupt();
        }
        try {
            if (over.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) return;
            Thread saying = new Thread(lastWord, "opencode4j-last-word");
            saying.setDaemon(true);
            saying.start();
            saying.join(LAST_WORD.toMillis()); // An output that nobody reads must not hold the end up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The end was shown. */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // Then the hook runs, and goes on now.
        }
    }
}
