package dev.opencode4j.core.spi;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.reply.TurnResult;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * Carries the events of one turn from the agent to their consumer: the three views of a {@code Turn}.
 *
 * <p>One thread at a time may {@link #emit}; that never blocks and never throws. Dependent stages and subscribers run on
 * the executor, or on a thread of their own once that is shut down, so that none of them holds up the thread that serves
 * the turn, and perhaps others.
 */
public final class TurnChannel {

    private final EventBuffer<AgentEvent> buffer;
    private final Executor executor;

    /** Nothing but waiting threads and hand-overs to the executor may depend on this one: no caller can delay another. */
    private final CompletableFuture<TurnResult> completion = new CompletableFuture<>();

    /** A channel in which up to {@code capacity} events may wait. */
    public TurnChannel(int capacity, Executor executor) {
        this.buffer = new EventBuffer<>(capacity, TurnEnded.class::isInstance);
        this.executor = new UnrefusingExecutor(executor);
    }

    /** Hands on an event; after the last one of the turn, nothing. */
    public void emit(AgentEvent event) {
        if (buffer.offer(event) && event instanceof TurnEnded end) complete(end);
    }

    /**
     * From here on the consumer is not woken by events, until {@link #release}: to wake it for each costs more than the
     * events do. For moments only; may be nested.
     */
    public void hold() {
        buffer.hold();
    }

    /** Wakes the consumer if there were events since {@link #hold}. */
    public void release() {
        buffer.release();
    }

    private void complete(TurnEnded end) {
        if (end instanceof TurnCompleted completed) {
            completion.complete(completed.result());
            return;
        }
        AgentException error = end instanceof TurnFailed failed
                ? failed.error()
                : new InterruptedTurnException("the turn was interrupted", null, null).withPartial(end.result());
        completion.completeExceptionally(error);
    }

    /** See {@code Turn.iterator}. */
    public Iterator<AgentEvent> iterator() {
        buffer.claim();
        return new EventIterator<>(buffer);
    }

    /** See {@code Turn.publisher}. */
    public Flow.Publisher<AgentEvent> publisher() {
        return subscriber -> EventSubscription.start(subscriber, buffer, executor);
    }

    /** See {@code Turn.completion}; a new stage each time, for dependents of one stage run one after another. */
    public CompletionStage<TurnResult> completion() {
        CompletableFuture<TurnResult> view = new CompletableFuture<>();
        completion.whenCompleteAsync(
                (result, error) -> {
                    if (error == null) view.complete(result);
                    else view.completeExceptionally(error);
                },
                executor);
        return view;
    }

    /** Whether the last event has been emitted. */
    public boolean isEnded() {
        return buffer.isEnded();
    }

    /** See {@code Turn.result}. */
    public TurnResult result() {
        try {
            return completion.get();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedTurnException("the thread that waited for the turn was interrupted", null, e);
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof AgentException failure) {
            AgentException own = failure.copy();
            own.addSuppressed(new WaitedHere());
            return own;
        }
        return new IllegalStateException(e);
    }

    /** Shows in a stack trace who waited for the turn: the failure itself was made on another thread. */
    private static final class WaitedHere extends Exception {
        private static final long serialVersionUID = 1L;

        WaitedHere() {
            super("the turn was waited for here");
        }
    }
}
