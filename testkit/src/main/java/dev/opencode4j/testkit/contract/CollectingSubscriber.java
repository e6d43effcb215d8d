package dev.opencode4j.testkit.contract;

import dev.opencode4j.core.event.AgentEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks for one event after the other, and keeps them. */
final class CollectingSubscriber implements Flow.Subscriber<AgentEvent> {

    private final List<AgentEvent> events = new ArrayList<>();
    private final CompletableFuture<List<AgentEvent>> all = new CompletableFuture<>();
    private Flow.Subscription subscription = new Unsubscribed();

    private static final class Unsubscribed implements Flow.Subscription {
        @Override
        public void request(long n) {
            throw new IllegalStateException("an event came before the subscription");
        }

        @Override
        public void cancel() {}
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(AgentEvent event) {
        events.add(event);
        subscription.request(1);
    }

    @Override
    public void onError(Throwable error) {
        all.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        all.complete(events);
    }

    /** All events, once they have been published. */
    List<AgentEvent> await(Duration atMost) throws InterruptedException {
        try {
            return all.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the events were not published to their end", e);
        }
    }
}
