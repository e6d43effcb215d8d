package dev.opencode4j.command.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({"90s,PT90S", "10m,PT10M", "1h30m,PT90M", "500ms,PT0.5S", "1h2m3s4ms,PT1H2M3.004S", "' 2s ',PT2S"})
    void readsWhatPeopleWrite(String text, Duration duration) {
        assertThat(new DurationText().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "-5s", "0s", "0h0m", "1d", "1m1h", "10 m", "1.5h", "99999999999s"})
    void refusesTheRestAndShowsTheForm(String text) {
        assertThatThrownBy(() -> new DurationText().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("1h30m");
    }
}
