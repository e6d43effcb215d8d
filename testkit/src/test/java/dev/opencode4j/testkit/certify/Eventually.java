package dev.opencode4j.testkit.certify;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what a server does in its own time. */
final class Eventually {

    private Eventually() {}

    /** Returns when the condition holds; fails when it does not within the time. */
    static void holds(String what, Duration atMost, BooleanSupplier condition) {
        if (!comesTrue(atMost, condition)) throw new AssertionError("Not within " + atMost + ": " + what);
    }

    /** Whether the condition comes to hold within the time. */
    static boolean comesTrue(Duration atMost, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > atMost.toNanos()) return false;
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting", e);
            }
        }
        return true;
    }
}
