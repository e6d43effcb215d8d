package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.server.internal.wire.Signal;
import java.util.concurrent.CompletableFuture;

/** Waits until an event stream is ready, or is known not to become so. */
public final class StreamReadiness implements Subscriber {

    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    /** Completes when the stream is ready; fails with why it can't be opened. */
    public CompletableFuture<Void> ready() {
        return ready;
    }

    @Override
    public void ready(long connection) {
        ready.complete(null);
    }

    @Override
    public void refused(AgentException cause) {
        ready.completeExceptionally(cause);
    }

    @Override
    public void gap(long connection, AgentException cause) {
        ready.completeExceptionally(cause);
    }

    @Override
    public void closed(AgentException cause) {
        ready.completeExceptionally(cause);
    }

    @Override
    public void signal(Signal signal) {
        // Nobody's session is watched.
    }

    @Override
    public void damaged() {
        // Nobody's session is watched.
    }
}
