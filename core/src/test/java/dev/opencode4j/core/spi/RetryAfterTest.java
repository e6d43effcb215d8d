package dev.opencode4j.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    @Test
    void readsSecondsWholeOrNotAndDates() {
        Instant now = Instant.now();
        assertThat(RetryAfter.find(" 30 ").orElseThrow()).isBetween(now.plusSeconds(30), now.plusSeconds(90));
        assertThat(RetryAfter.find("600.5").orElseThrow())
                .isBetween(now.plus(Duration.ofMillis(600_500)), now.plusSeconds(660));
        assertThat(RetryAfter.find("Wed, 21 Oct 2015 07:28:00 GMT")).contains(Instant.parse("2015-10-21T07:28:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "-1",
                "1e3",
                "1.",
                "999999999999999999",
                "99999999999999999999",
                "3200000000",
                "Fri, 31 Dec 9999 23:59:59 GMT"
            })
    void whatIsNeitherSaysNothingAndIsAMinuteToThoseWhoHaveToSaySomething(String header) {
        assertThat(RetryAfter.find(header)).isEmpty();
        Instant now = Instant.now();
        assertThat(RetryAfter.resetAt(header)).isBetween(now.plusSeconds(60), now.plusSeconds(120));
    }
}
