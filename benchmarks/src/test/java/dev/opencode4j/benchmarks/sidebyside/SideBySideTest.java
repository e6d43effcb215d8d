package dev.opencode4j.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void refusesFiguresOfRoundsThatHeardDifferentTexts() {
        Run run = Run.read("9 8 21\n7 6 21\n5 4 21\n3 2 21\n4 3 21\n");
        assertThat(run.warm(2)).isEqualTo(new Run.Figures(4, 3, 21));
        assertThat(run.all().cpu()).isEqualTo(23);
        assertThatThrownBy(() -> Run.read("5 4 21\n3 2 20\n")).hasMessageContaining("lost");
    }
}
