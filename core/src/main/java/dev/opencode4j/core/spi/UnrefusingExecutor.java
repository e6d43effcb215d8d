package dev.opencode4j.core.spi;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs a task on a thread of its own where another executor refuses it: an agent that is closed still ends its turns, and
 * their callers must hear of it.
 */
final class UnrefusingExecutor implements Executor {

    private final Executor executor;

    UnrefusingExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException closed) {
            Thread thread = new Thread(task, "opencode4j-turn-end");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
