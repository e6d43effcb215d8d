package dev.opencode4j.core.spi;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.SlowConsumerException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where events wait for their one consumer. Bounded: when it is full the consumer is cut off, and what
 * waits is dropped, because a queue without a bound turns one slow reader into everybody's out-of-memory error.
 */
final class EventBuffer<E> {

    static final String CLAIMED = "these events have a consumer already";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<E> waiting = new ArrayDeque<>(4);
    private final int capacity;
    private final Predicate<? super E> isLast;
    private boolean ended;
    private @Nullable AgentException failure;
    private boolean claimed;
    private boolean cutOff;
    private @Nullable Runnable wakeUp;
    private int holds;
    private boolean news;

    EventBuffer(int capacity, Predicate<? super E> isLast) {
        this.capacity = capacity;
        this.isLast = isLast;
    }

    /** Adds an event; false if there has been the last one. */
    boolean offer(E event) {
        Runnable wake;
        lock.lock();
        try {
            if (ended) return false;
            ended = isLast.test(event);
            if (!cutOff) {
                if (waiting.size() >= capacity) {
                    waiting.clear();
                    cutOff = true;
                } else {
                    waiting.add(event);
                }
            }
            news = true;
            wake = consumerToWake();
        } finally {
            lock.unlock();
        }
        if (wake != null) wake.run();
        return true;
    }

    /** Ends without a last event; what waits is dropped if {@code cause} is null, else told before that. */
    void end(@Nullable AgentException cause) {
        Runnable wake;
        lock.lock();
        try {
            if (ended) return;
            ended = true;
            failure = cause;
            if (cause == null) waiting.clear();
            news = true;
            wake = consumerToWake();
        } finally {
            lock.unlock();
        }
        if (wake != null) wake.run();
    }

    /** From here on the consumer is not woken, until as many calls of {@link #release} or the buffer is a quarter full. */
    void hold() {
        lock.lock();
        try {
            holds++;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the consumer if something came while it was not to be woken. */
    void release() {
        Runnable wake;
        lock.lock();
        try {
            holds--;
            wake = consumerToWake();
        } finally {
            lock.unlock();
        }
        if (wake != null) wake.run();
    }

    private @Nullable Runnable consumerToWake() {
        boolean isHeld = holds > 0 && waiting.size() < capacity / 4; // Nobody is cut off for being kept asleep.
        if (isHeld || !news) return null;
        news = false;
        changed.signal();
        return wakeUp;
    }

    boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the caller the consumer. */
    void claim() {
        if (!tryClaim(null)) {
            throw new IllegalStateException(CLAIMED);
        }
    }

    /** Makes the caller the consumer, to be told of each event by {@code wake}, if that is given; false if there is one already. */
    boolean tryClaim(@Nullable Runnable wake) {
        lock.lock();
        try {
            if (claimed) return false;
            claimed = true;
            wakeUp = wake;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next event, waiting for it; null after the last one. */
    @Nullable
    E take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !ended && !cutOff) changed.await();
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** The next event; null if there is none now. Throws why there will be no more, if that is a failure. */
    @Nullable
    E poll() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the last event has been taken; throws like {@link #poll}. */
    boolean isDrained() {
        lock.lock();
        try {
            return isEmpty() && ended;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the consumer was cut off, or is gone. */
    boolean isCutOff() {
        lock.lock();
        try {
            return cutOff;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits: the consumer is gone, and there will be no other. */
    void abandon() {
        lock.lock();
        try {
            waiting.clear();
            cutOff = true;
            wakeUp = null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable E next() {
        return isEmpty() ? null : waiting.poll();
    }

    /** Whether nothing waits; throws if nothing more will come because of a failure, or to a consumer that was cut off. */
    private boolean isEmpty() {
        if (cutOff) throw new SlowConsumerException(capacity);
        if (failure != null && waiting.isEmpty()) throw failure;
        return waiting.isEmpty();
    }
}
