package dev.opencode4j.benchmarks.turns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManyTurnsTest {

    @Test
    void losesNoneAndMixesUpNone() {
        assertThat(ManyTurns.run(50).right()).isEqualTo(50);
    }
}
