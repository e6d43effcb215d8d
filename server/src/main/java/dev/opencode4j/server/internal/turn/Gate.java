package dev.opencode4j.server.internal.turn;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lets so many requests through at once and no more; the others wait in line. Ten thousand turns that begin together
 * would else open ten thousand connections, to a server that works on one request at a time. Thread-safe.
 */
final class Gate {

    private final Queue<Runnable> line = new ArrayDeque<>();
    private int free;

    Gate(int width) {
        free = width;
    }

    <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> request) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable start = () -> start(request, result);
        synchronized (this) {
            if (free == 0) {
                line.add(start);
                return result;
            }
            free--;
        }
        start.run();
        return result;
    }

    private <T> void start(Supplier<CompletableFuture<T>> request, CompletableFuture<T> result) {
        CompletableFuture<T> answer;
        try {
            answer = request.get();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((value, failure) -> {
            leave();
            if (failure == null) result.complete(value);
            else result.completeExceptionally(failure);
        });
    }

    private void leave() {
        Runnable next;
        synchronized (this) {
            next = line.poll();
            if (next == null) free++;
        }
        if (next != null) next.run();
    }
}
