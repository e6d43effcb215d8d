package dev.opencode4j.benchmarks.pipeline;

import dev.opencode4j.core.work.Ticker;
import java.time.Duration;

/** The system's time, in which nothing is ever due: a replay is over before. */
enum StoppedClock implements Ticker {
    INSTANCE;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return () -> {};
    }
}
