package dev.opencode4j.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {

    @ParameterizedTest
    @CsvSource({
        "since 1.15,             1.15.0,      true",
        "since 1.15,             1.15.0-beta, true",
        "since 1.15,             1.14.99,     false",
        "since 1.15,             1.2.27,      false",
        "since 1.15,             2.0.0,       true",
        "before 1.15,            1.2.27,      true",
        "before 1.15,            1.15.0,      false",
        "since 1.15 before 1.18, 1.17.9,      true",
        "since 1.15 before 1.18, 1.18.33,     false",
        "since 1.18.34,          1.18.33,     false",
        "since 1.18.34,          1.18.100,    true"
    })
    void saysOfAnyVersionWhetherItIsInIt(String range, String version, boolean included) {
        assertThat(VersionRange.parse(range).includes(new OpenCodeVersion(version)))
                .isEqualTo(included);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.15.13", "since", "after 1.15", "before 1.18 since 1.15"})
    void anotherFormIsRefused(String text) {
        assertThatThrownBy(() -> VersionRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("text: must be a range");
    }

    @Test
    void versionsStandInTheOrderOfTheirNumbers() {
        List<OpenCodeVersion> sorted = List.of("1.18.34", "1.2.27", "1.18.34-rc.1", "1.15.13").stream()
                .map(OpenCodeVersion::new)
                .sorted()
                .toList();
        assertThat(sorted)
                .extracting(OpenCodeVersion::number)
                .containsExactly("1.2.27", "1.15.13", "1.18.34-rc.1", "1.18.34");
    }
}
