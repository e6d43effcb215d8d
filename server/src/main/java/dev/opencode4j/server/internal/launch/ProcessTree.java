package dev.opencode4j.server.internal.launch;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends a process and all that it started: commands that an agent runs outlive their server otherwise. Asks first, and
 * kills what is left after a grace.
 */
final class ProcessTree {

    private ProcessTree() {}

    /** Ends them and waits for it; at once when the calling thread is interrupted, whose flag stays set. */
    static void end(ProcessHandle root, Duration grace) {
        // Before the root dies: its orphans belong to another process then and are not found again.
        Set<ProcessHandle> all = new LinkedHashSet<>();
        root.descendants().forEach(all::add);
        root.destroy();
        await(root, grace);
        root.descendants().forEach(all::add);
        all.forEach(ProcessHandle::destroy);
        all.add(root);
        CompletableFuture<?>[] ends = all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        if (!await(CompletableFuture.allOf(ends), Duration.ofMillis(500))) {
            all.forEach(ProcessHandle::destroyForcibly);
            await(CompletableFuture.allOf(ends), Duration.ofSeconds(2));
        }
    }

    private static void await(ProcessHandle process, Duration limit) {
        await(process.onExit(), limit);
    }

    private static boolean await(CompletableFuture<?> end, Duration limit) {
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }
}
