package dev.opencode4j.core.work;

import dev.opencode4j.core.spi.Threads;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** What an agent's turns run on: threads of its own, none of which keeps a program from ending, and the time. */
public final class Engine implements AutoCloseable {

    private final ExecutorService turns;
    private final ExecutorService consumers;
    private final Ticker ticker;
    private final Runnable stopTime;

    private Engine(String name, Ticker ticker, Runnable stopTime) {
        this.turns = Threads.perTask(name);
        this.consumers = Threads.forConsumers(name + "-consumer");
        this.ticker = ticker;
        this.stopTime = stopTime;
    }

    /** An engine whose threads' names begin with {@code name}. Nothing runs yet. */
    public static Engine named(String name) {
        ScheduledExecutorService timer = Threads.timer(name + "-timer");
        return new Engine(name, Ticker.system(timer), timer::shutdownNow);
    }

    /** As {@link #named(String)}, with somebody else's time. */
    public static Engine named(String name, Ticker ticker) {
        return new Engine(name, ticker, () -> {});
    }

    /** A thread for each turn, and for whatever else of it may block for long. */
    public ExecutorService turns() {
        return turns;
    }

    /** Threads for the consumers' code. */
    public ExecutorService consumers() {
        return consumers;
    }

    /** The time, and tasks to come, which must not block. */
    public Ticker ticker() {
        return ticker;
    }

    /** Starts no more turns. Those that run go on, but nothing watches their time: end them before. */
    @Override
    public void close() {
        turns.shutdown();
        consumers.shutdown();
        stopTime.run();
    }
}
