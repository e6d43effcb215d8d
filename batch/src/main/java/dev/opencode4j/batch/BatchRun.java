package dev.opencode4j.batch;

import dev.opencode4j.batch.internal.file.Memory;
import dev.opencode4j.batch.internal.work.Dispatcher;
import dev.opencode4j.core.error.InterruptedTurnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A batch at work. It runs by itself, on threads that do not keep a program from ending. Thread-safe. */
public final class BatchRun implements AutoCloseable {

    private final Dispatcher dispatcher;
    private final CompletableFuture<BatchSummary> end = new CompletableFuture<>();
    private final CountDownLatch over = new CountDownLatch(1);

    private BatchRun(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Starts; what {@code behind} holds is freed at the end. */
    static BatchRun start(Dispatcher dispatcher, Memory memory, Runnable behind) {
        BatchRun run = new BatchRun(dispatcher);
        Thread thread = new Thread(() -> run.work(memory, behind), "opencode4j-batch");
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    private void work(Memory memory, Runnable behind) {
        @Nullable BatchSummary summary = null;
        @Nullable Throwable failure = null;
        try (memory) {
            summary = dispatcher.run();
        } catch (IOException e) {
            failure = new UncheckedIOException(e);
        } catch (RuntimeException | InterruptedException | Error e) {
            failure = e;
        }
        behind.run();
        if (summary != null && failure == null) end.complete(summary);
        else end.completeExceptionally(failure == null ? new IllegalStateException("no end") : failure);
        over.countDown();
    }

    /**
     * Waits for the end.
     *
     * @throws dev.opencode4j.core.error.AgentException if no session can be opened any more; no prompt has failed for that
     * @throws UncheckedIOException if the input, the ledger or the results can't be read or written
     * @throws RuntimeException what the listener threw
     * @throws InterruptedTurnException if the waiting thread is interrupted; the batch goes on
     */
    public BatchSummary result() {
        try {
            return end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) throw error;
            if (e.getCause() instanceof RuntimeException unchecked) throw unchecked;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedTurnException("the thread that waited for the batch was interrupted", null, e);
        }
    }

    /**
     * Starts no more prompts and interrupts those that run; the batch ends within about a second and can be resumed.
     * Returns at once; harmless when over.
     */
    public void interrupt() {
        dispatcher.interrupt();
    }

    /** Interrupts the batch if it is not over, and waits until it is; an interrupted thread waits too. */
    @Override
    public void close() {
        interrupt();
        boolean interrupted = false;
        while (true) {
            try {
                over.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
