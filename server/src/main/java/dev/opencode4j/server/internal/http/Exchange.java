package dev.opencode4j.server.internal.http;

import dev.opencode4j.core.error.Where;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One request under way: its outcome, and what must be stopped when the outcome is decided without it: by a limit that
 * ran out, a caller who gave up, a transport that was closed. The first of them decides.
 */
final class Exchange<T> {

    final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final Where where;
    private @Nullable Future<?> sending;
    private boolean over;

    Exchange(Where where) {
        this.where = where;
        outcome.whenComplete((value, error) -> stop(error != null));
    }

    Where where() {
        return where;
    }

    /** Notes what is at work, and stops it at once if nobody waits any more. */
    void sends(Future<?> future) {
        synchronized (this) {
            sending = future;
            if (!over) return;
        }
        future.cancel(true);
    }

    void fail(Throwable error) {
        outcome.completeExceptionally(error);
    }

    private void stop(boolean early) {
        Future<?> running;
        synchronized (this) {
            over = true;
            running = sending;
        }
        if (early && running != null) running.cancel(true);
    }
}
