package dev.opencode4j.core.spi;

import dev.opencode4j.core.error.InterruptedTurnException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads events as they come, blocking between two. */
final class EventIterator<E> implements Iterator<E> {

    private final EventBuffer<E> buffer;
    private @Nullable E next;

    EventIterator(EventBuffer<E> buffer) {
        this.buffer = buffer;
    }

    @Override
    public boolean hasNext() {
        if (next == null) next = await();
        return next != null;
    }

    @Override
    public E next() {
        if (!hasNext() || next == null) throw new NoSuchElementException("there are no more events");
        E event = next;
        next = null;
        return event;
    }

    private @Nullable E await() {
        try {
            return buffer.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedTurnException("the thread that read the events was interrupted", null, e);
        }
    }
}
