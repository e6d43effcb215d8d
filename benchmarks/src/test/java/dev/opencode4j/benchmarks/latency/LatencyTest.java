package dev.opencode4j.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyTest {

    @Test
    void measuresEachTextOnceInBothViews() {
        assertThat(Latency.run(3, 5, Latency::iterate).texts()).isEqualTo(15);
        assertThat(Latency.run(3, 5, Latency::subscribe).texts()).isEqualTo(15);
    }
}
