package dev.opencode4j.server.internal.turn;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request for all who ask the same at the same time. Who asks while an answer is on its way gets the next one: an
 * answer must not be older than its question. Thread-safe.
 */
final class SharedPoll<T> {

    private final Supplier<CompletableFuture<T>> request;
    private boolean underWay;
    private @Nullable CompletableFuture<T> next;

    SharedPoll(Supplier<CompletableFuture<T>> request) {
        this.request = request;
    }

    CompletableFuture<T> ask() {
        CompletableFuture<T> answer;
        synchronized (this) {
            if (underWay) {
                if (next == null) next = new CompletableFuture<>();
                return next;
            }
            underWay = true;
            answer = new CompletableFuture<>();
        }
        start(answer);
        return answer;
    }

    private void start(CompletableFuture<T> answer) {
        send().whenComplete((value, failure) -> {
            CompletableFuture<T> waiting;
            synchronized (this) {
                waiting = next;
                next = null;
                underWay = waiting != null;
            }
            if (waiting != null) start(waiting);
            if (failure == null) answer.complete(value);
            else answer.completeExceptionally(failure);
        });
    }

    private CompletableFuture<T> send() {
        try {
            return request.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
