package dev.opencode4j.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.testkit.real.OpenCodeBinary;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.ProvisionException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class AvailabilityTest {

    private static final OpenCodeVersion VERSION = new OpenCodeVersion("9.8.7");

    @Test
    void lets_tests_run_when_the_version_is_there() {
        Availability there = Availability.of(VERSION, () -> new OpenCodeBinary(VERSION, Path.of("opencode")));

        there.require(null);
        there.require("1");

        assertThat(there.missing()).isEmpty();
    }

    @Test
    void aborts_tests_of_a_missing_version_and_says_how_to_get_it() {
        Availability missing = missing();

        assertThatThrownBy(() -> missing.require(null))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no npm on the PATH")
                .hasMessageContaining("OPENCODE4J_REQUIRE_REAL=1");
        assertThatThrownBy(() -> missing.require("0")).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void fails_tests_of_a_missing_version_where_real_ones_are_required() {
        Availability missing = missing();

        assertThatThrownBy(() -> missing.require("1")).isInstanceOf(ProvisionException.class);
    }

    private static Availability missing() {
        return Availability.of(VERSION, () -> {
            throw new ProvisionException("no npm on the PATH", null);
        });
    }
}
