package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** However many turns a client has had, and however they ended, nothing of them stays. */
class TurnSoakTest {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @Test
    void nothingOfTwentyThousandTurnsStays() throws InterruptedException {
        TurnSoak soak = new TurnSoak(20_261);
        soak.run(20_000);
        assertThat(soak.courses()).containsOnlyKeys(TurnSoak.Course.values());
        long start = System.nanoTime();
        while (soak.reachable() > 0 && System.nanoTime() - start < BOUND.toNanos()) Thread.sleep(20);
        assertThat(soak.reachable()).as("turns that the client still holds").isZero();
    }
}
