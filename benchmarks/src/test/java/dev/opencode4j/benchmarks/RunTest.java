package dev.opencode4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RunTest {

    @Test
    void aWarmRoundIsTheMedianOfThoseAfterTheWarmUp() {
        assertThat(Run.read("9 8 21\n7 6 21\n5 4 21\n3 2 21\n1 1 21\n").warm(2).cpu())
                .isEqualTo(2);
    }

    @Test
    void refusesFiguresOfRoundsThatHeardDifferentTexts() {
        assertThatThrownBy(() -> Run.read("5 4 21\n3 2 20\n")).hasMessageContaining("lost");
    }
}
