package dev.opencode4j.core.spi;

import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.event.AgentEvent;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads events as they come, blocking between two. */
final class EventIterator implements Iterator<AgentEvent> {

    private final EventBuffer buffer;
    private @Nullable AgentEvent next;

    EventIterator(EventBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public boolean hasNext() {
        if (next == null) next = await();
        return next != null;
    }

    @Override
    public AgentEvent next() {
        if (!hasNext() || next == null) throw new NoSuchElementException("the turn is over");
        AgentEvent event = next;
        next = null;
        return event;
    }

    private @Nullable AgentEvent await() {
        try {
            return buffer.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedTurnException("the thread that read the events was interrupted", null, e);
        }
    }
}
