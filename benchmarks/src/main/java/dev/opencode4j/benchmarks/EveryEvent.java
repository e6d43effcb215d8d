package dev.opencode4j.benchmarks;

import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Takes the events of a turn as they come, as many as there are. */
public final class EveryEvent implements Flow.Subscriber<AgentEvent> {

    private final Consumer<AgentEvent> listener;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private EveryEvent(Consumer<AgentEvent> listener) {
        this.listener = listener;
    }

    /** Brings the turn's events to {@code listener}. The result is complete after the last, and fails if some are lost. */
    public static CompletableFuture<Void> of(Turn turn, Consumer<AgentEvent> listener) {
        EveryEvent subscriber = new EveryEvent(listener);
        turn.publisher().subscribe(subscriber);
        return subscriber.over;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(AgentEvent event) {
        listener.accept(event);
    }

    @Override
    public void onError(Throwable error) {
        over.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        over.complete(null);
    }
}
