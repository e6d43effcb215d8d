package dev.opencode4j.testkit.certify;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs something in a thread group of its own, which the threads that it starts belong to, and waits until none of the
 * clients' is left, and none of a proxy's: a connection to a proxy holds two. Virtual threads are not seen, and the
 * threads of the JDK's {@code HttpClient} are not looked at.
 */
final class ThreadsOfRun {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private ThreadsOfRun() {}

    static void run(Runnable work) {
        ThreadGroup group = new ThreadGroup("run");
        CompletableFuture<Void> done = new CompletableFuture<>();
        new Thread(group, () -> done.completeAsync(() -> call(work), Runnable::run), "run").start();
        done.join();
        boolean isEmpty = Eventually.comesTrue(BOUND, () -> names(group).isEmpty());
        if (!isEmpty) throw new AssertionError("threads that were left behind: " + names(group));
    }

    private static Void call(Runnable work) {
        work.run();
        return null;
    }

    private static List<String> names(ThreadGroup group) {
        Thread[] threads = new Thread[group.activeCount() + 64];
        int count = group.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .map(Thread::getName)
                .filter(name -> name.startsWith("opencode4j-") || name.startsWith("faulty-proxy"))
                .sorted()
                .toList();
    }
}
