package dev.opencode4j.core.spi;

import dev.opencode4j.core.error.SlowConsumerException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnEnded;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the events of a turn wait for their one consumer. Bounded: when it is full the consumer is cut off, and what
 * waits is dropped, because a queue without a bound turns one slow reader into everybody's out-of-memory error.
 */
final class EventBuffer {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<AgentEvent> waiting = new ArrayDeque<>(4);
    private final int capacity;
    private boolean ended;
    private boolean claimed;
    private boolean cutOff;
    private @Nullable Runnable wakeUp;
    private int holds;
    private boolean news;

    EventBuffer(int capacity) {
        this.capacity = capacity;
    }

    /** Adds an event; false if the turn has had its last one. */
    boolean offer(AgentEvent event) {
        Runnable wake;
        lock.lock();
        try {
            if (ended) return false;
            ended = event instanceof TurnEnded;
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
            throw new IllegalStateException("the events of this turn have a consumer already");
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
    AgentEvent take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !ended && !cutOff) changed.await();
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** The next event; null if there is none now. */
    @Nullable
    AgentEvent poll() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the last event has been taken; throws like {@link #poll} to a consumer that was cut off. */
    boolean isDrained() {
        lock.lock();
        try {
            if (cutOff) throw new SlowConsumerException(capacity);
            return ended && waiting.isEmpty();
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

    private @Nullable AgentEvent next() {
        if (cutOff) throw new SlowConsumerException(capacity);
        return waiting.poll();
    }
}
