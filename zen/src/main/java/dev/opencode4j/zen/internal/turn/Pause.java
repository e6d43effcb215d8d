package dev.opencode4j.zen.internal.turn;

import dev.opencode4j.core.work.Ticker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Waits between two tries. */
@FunctionalInterface
public interface Pause {

    /** Waits for so long. */
    void await(Duration length) throws InterruptedException;

    /** Waits by this time. */
    static Pause by(Ticker ticker) {
        return length -> {
            CountDownLatch over = new CountDownLatch(1);
            Ticker.Cancellable alarm = ticker.schedule(length, over::countDown);
            try {
                over.await();
            } finally {
                alarm.cancel();
            }
        };
    }
}
