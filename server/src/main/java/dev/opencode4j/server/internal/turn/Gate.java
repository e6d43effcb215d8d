package dev.opencode4j.server.internal.turn;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many requests through at once and no more; the others wait in line. Ten thousand turns that begin together
 * would else open ten thousand connections, to a server that works on one request at a time. Thread-safe.
 */
final class Gate {

    private final Queue<Runnable> line = new ArrayDeque<>();
    private int free;
    private boolean admitting;

    Gate(int width) {
        free = width;
    }

    <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> request) {
        CompletableFuture<T> result = new CompletableFuture<>();
        synchronized (this) {
            line.add(() -> start(request, result));
        }
        admit();
        return result;
    }

    /** In a loop, not by recursion: a long line of requests that fail at once would overflow the stack. */
    private void admit() {
        for (Runnable next = first(); next != null; next = first()) {
            try {
                next.run();
            } finally {
                synchronized (this) {
                    admitting = false;
                }
            }
        }
    }

    private synchronized @Nullable Runnable first() {
        if (admitting || free == 0 || line.isEmpty()) return null;
        admitting = true;
        free--;
        return line.remove();
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
        synchronized (this) {
            free++;
        }
        admit();
    }
}
