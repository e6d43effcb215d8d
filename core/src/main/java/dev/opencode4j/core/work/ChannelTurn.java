package dev.opencode4j.core.work;

import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.spi.TurnChannel;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/** A turn whose consumers are served by a channel: what every agent's turns have in common. */
public abstract class ChannelTurn implements Turn {

    private final TurnChannel channel;

    /** A turn whose consumer may be {@code capacity} events behind, and is called on {@code executor}. */
    protected ChannelTurn(int capacity, Executor executor) {
        channel = new TurnChannel(capacity, executor);
    }

    /** What the turn says goes here. */
    protected final TurnChannel channel() {
        return channel;
    }

    @Override
    public final Iterator<AgentEvent> iterator() {
        return channel.iterator();
    }

    @Override
    public final TurnResult result() {
        return channel.result();
    }

    @Override
    public final CompletionStage<TurnResult> completion() {
        return channel.completion();
    }

    @Override
    public final Flow.Publisher<AgentEvent> publisher() {
        return channel.publisher();
    }

    @Override
    public void close() {
        interrupt();
        try {
            channel.result();
        } catch (AgentException e) {
            // How it ended is for those who ask; here it only matters that it has.
        }
    }

    /** Refuses to answer what is not asked. */
    protected static IllegalArgumentException nothingPending(String requestId) {
        return new IllegalArgumentException("requestId: no request '" + requestId + "' of this turn is pending");
    }
}
