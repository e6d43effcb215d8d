package dev.opencode4j.benchmarks.zen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.zen.Zen;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManyStreamsTest {

    @Test
    void hearsAndChecksTheWholeTextOfEveryStream() {
        try (ScriptedModel model = ModelProcess.start(Duration.ZERO);
                Zen zen = ZenClient.agent(model.baseUri().toString())) {
            assertThat(ZenClient.measured(zen, 3, 2)).endsWith(" 24");
        }
    }
}
