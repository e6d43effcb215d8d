package dev.opencode4j.testkit.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How bytes get through at the moment: late, in pieces, or not at all. */
final class Weather {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition cleared = lock.newCondition();
    private boolean stalled;
    private volatile Duration delay = Duration.ZERO;
    private volatile int piece = Integer.MAX_VALUE;

    void stall() {
        set(true);
    }

    void resume() {
        set(false);
    }

    private void set(boolean value) {
        lock.lock();
        try {
            stalled = value;
            cleared.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void delay(Duration pause) {
        delay = pause;
    }

    void split(int bytes) {
        piece = bytes;
    }

    void awaitDelay() throws InterruptedException {
        Thread.sleep(delay.toMillis());
    }

    /** Writes in the pieces of now, each once nothing is held back. */
    void write(byte[] bytes, int count, OutputStream out) throws IOException, InterruptedException {
        for (int from = 0; from < count; ) {
            awaitClear();
            int length = Math.min(piece, count - from);
            out.write(bytes, from, length);
            from += length;
        }
    }

    private void awaitClear() throws InterruptedException {
        lock.lock();
        try {
            while (stalled) cleared.await();
        } finally {
            lock.unlock();
        }
    }
}
