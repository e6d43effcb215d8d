package dev.opencode4j.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    @ParameterizedTest
    @CsvSource({"0,0", "30,30", "29.5,30", "' 7 ',7", "'',60", "soon,60", "-5,60", "1.,60", "999999999999999999,60"})
    void secondsMayHaveDecimalsAndAreRoundedUp(String header, long seconds) {
        Instant before = Instant.now();
        Instant reset = RetryAfter.resetAt(header);
        assertThat(Duration.between(before, reset))
                .isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds + 20));
    }
}
