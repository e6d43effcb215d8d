package dev.opencode4j.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Impostor;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    @Test
    void hearsTheWholeTextOfEveryTurn() {
        try (Impostor impostor = Impostor.start();
                OpenCodeServer server = OpenCodeServer.connect(impostor.url().toString())) {
            impostor.otherwise(prompt -> Answer.text("one ", "two"));
            assertThat(JavaClient.measured(JavaClient.open(server, 3), "count")).endsWith(" 21");
        }
    }
}
