package dev.opencode4j.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Duration AGES = Duration.ofDays(1);

    /** Takes nothing off. */
    private static final RandomGenerator HIGHEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    @Test
    void pausesDoubleUpToTheCap() {
        RetryPolicy many = RetryPolicy.DEFAULT.withRetries(100);
        assertThat(IntStream.of(1, 2, 3, 4, 5, 6, 7, 64, 100)
                        .mapToObj(failures ->
                                many.pauseAfter(failures, null, AGES, HIGHEST).orElseThrow()))
                .extracting(Duration::toSeconds)
                .containsExactly(5L, 10L, 20L, 40L, 80L, 120L, 120L, 120L, 120L);
    }

    @Test
    void pausesAreSpreadOverTheirWholeLength() {
        Random random = new Random(7);
        long[] pauses = IntStream.range(0, 1000)
                .mapToLong(i -> RetryPolicy.DEFAULT
                        .pauseAfter(1, null, AGES, random)
                        .orElseThrow()
                        .toMillis())
                .sorted()
                .toArray();
        assertThat(pauses[0]).isBetween(0L, 200L);
        assertThat(pauses[500]).isBetween(2000L, 3000L);
        assertThat(pauses[999]).isBetween(4800L, 5000L);
    }

    @Test
    void noPauseFollowsTheLastTry() {
        assertThat(RetryPolicy.DEFAULT.pauseAfter(2, null, AGES, HIGHEST)).isPresent();
        assertThat(RetryPolicy.DEFAULT.pauseAfter(3, null, AGES, HIGHEST)).isEmpty();
        assertThat(RetryPolicy.NONE.pauseAfter(1, null, AGES, HIGHEST)).isEmpty();
    }

    @Test
    void theOtherSidesWordCounts() {
        Instant soon = Instant.now().plusSeconds(300);
        assertThat(RetryPolicy.DEFAULT.pauseAfter(1, soon, AGES, HIGHEST).orElseThrow())
                .isBetween(Duration.ofSeconds(290), Duration.ofSeconds(300));
        Instant past = Instant.now().minusSeconds(5);
        assertThat(RetryPolicy.DEFAULT.pauseAfter(1, past, AGES, HIGHEST)).contains(Duration.ZERO);
    }

    @Test
    void nothingIsTriedAfterTheTimeIsUp() {
        assertThat(RetryPolicy.DEFAULT.pauseAfter(1, null, Duration.ofSeconds(5), HIGHEST))
                .isEmpty();
        assertThat(RetryPolicy.DEFAULT.pauseAfter(1, Instant.now().plusSeconds(60), Duration.ofSeconds(30), HIGHEST))
                .isEmpty();
    }

    @Test
    void onlyRerunRepeatsWhatMayHaveHadEffects() {
        assertThat(RetryPolicy.DEFAULT.reruns()).isFalse();
        assertThat(RetryPolicy.rerun(3).reruns()).isTrue();
        assertThat(RetryPolicy.rerun(3).retries()).isEqualTo(3);
    }

    @Test
    void badNumbersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.rerun(-1))
                .withMessage("retries: must not be negative, was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.DEFAULT.withBase(Duration.ZERO))
                .withMessageContaining("base: must be positive");
    }
}
