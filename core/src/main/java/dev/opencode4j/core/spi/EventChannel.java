package dev.opencode4j.core.spi;

import dev.opencode4j.core.error.AgentException;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Carries events that are no turn's to their one consumer, an iterator or a subscriber. {@link TurnChannel} is the one for
 * turns.
 *
 * <p>To {@link #emit} never blocks and never throws. A consumer that leaves too many events waiting is cut off with a
 * {@link dev.opencode4j.core.error.SlowConsumerException}. A subscriber runs on the executor, or on a thread of its own once
 * that is shut down. Thread-safe.
 */
public final class EventChannel<E> {

    private final EventBuffer<E> buffer;
    private final Executor executor;

    /** A channel in which up to {@code capacity} events may wait. */
    public EventChannel(int capacity, Executor executor) {
        this.buffer = new EventBuffer<>(capacity, event -> false);
        this.executor = new UnrefusingExecutor(executor);
    }

    /** Hands on an event; false if there is nobody who will ever take it. */
    public boolean emit(E event) {
        return buffer.offer(event) && !buffer.isCutOff();
    }

    /**
     * Ends: the iterator has no more, the subscriber is completed, and what waits is dropped; or, with a failure, both get
     * that after what waits. Later calls change nothing.
     */
    public void end(@Nullable AgentException failure) {
        buffer.end(failure);
    }

    /**
     * The events in order; waits for each.
     *
     * @throws IllegalStateException if the events have a consumer already
     */
    public Iterator<E> iterator() {
        buffer.claim();
        return new EventIterator<>(buffer);
    }

    /** The events as a publisher for one subscriber. */
    public Flow.Publisher<E> publisher() {
        return subscriber -> EventSubscription.start(subscriber, buffer, executor);
    }
}
