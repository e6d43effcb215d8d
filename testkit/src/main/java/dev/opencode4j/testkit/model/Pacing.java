package dev.opencode4j.testkit.model;

import java.time.Duration;

/** How long an answer pauses between two chunks; an answer may change it on its way. */
final class Pacing {

    private Duration pause;

    Pacing(Duration pause) {
        this.pause = pause;
    }

    void set(Duration newPause) {
        pause = newPause;
    }

    void betweenChunks() throws InterruptedException {
        sleep(pause);
    }

    static void sleep(Duration duration) throws InterruptedException {
        if (duration.compareTo(Duration.ZERO) > 0) {
            Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
        }
    }
}
