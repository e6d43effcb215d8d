package dev.opencode4j.testkit.model;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** State that is changed and read under one lock, and that a test can wait on with a bound. */
final class Watched {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    <T> T read(Supplier<T> reading) {
        lock.lock();
        try {
            return reading.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the condition, read under the lock, is true.
     *
     * @throws AssertionError if it is not within the time, or if the thread is interrupted
     */
    void await(BooleanSupplier condition, Duration atMost, Supplier<String> otherwise) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("Not within " + atMost + ": " + otherwise.get());
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting: " + otherwise.get(), e);
        } finally {
            lock.unlock();
        }
    }
}
