package dev.opencode4j.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.testkit.real.Platform.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, MODERN, opencode-linux-x64",
        "Linux, amd64, WITHOUT_AVX2, opencode-linux-x64-baseline",
        "Linux, aarch64, WITHOUT_AVX2, opencode-linux-arm64",
        "Mac OS X, x86_64, MODERN, opencode-darwin-x64",
        "Mac OS X, aarch64, MODERN, opencode-darwin-arm64"
    })
    void names_the_package(String os, String arch, Processor processor, String name) {
        assertThat(Platform.of(os, arch, processor).packageName()).isEqualTo(name);
    }

    @Test
    void refuses_a_machine_that_has_no_package() {
        assertThatThrownBy(() -> Platform.of("AIX", "ppc64", Processor.MODERN))
                .isInstanceOf(ProvisionException.class)
                .hasMessageContaining("AIX ppc64");
    }

    @ParameterizedTest
    @CsvSource({"fpu sse avx avx2 bmi2, MODERN", "fpu sse avx, WITHOUT_AVX2"})
    void reads_the_processor_flags(String flags, Processor processor, @TempDir Path folder) throws IOException {
        Path cpuInfo = Files.writeString(folder.resolve("cpuinfo"), "flags\t\t: " + flags + "\n");

        assertThat(Platform.processor(cpuInfo)).isEqualTo(processor);
        assertThat(Platform.processor(folder.resolve("none"))).isEqualTo(Processor.MODERN);
    }

    @ParameterizedTest
    @CsvSource({"../1.2.3", "latest", "1.2", "1.2.3;x"})
    void a_version_is_a_number_and_nothing_else(String version) {
        assertThatThrownBy(() -> new OpenCodeVersion(version)).isInstanceOf(IllegalArgumentException.class);
    }
}
