package dev.opencode4j.benchmarks.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTest {

    private static final String COMPLETED = "{\"id\":\"0\",\"status\":\"completed\"}";
    private static final String RERUN = "{\"id\":\"1\",\"status\":\"completed\",\"rerun\":true}";
    private static final String AMBIGUOUS =
            "{\"id\":\"2\",\"status\":\"failed\",\"error\":{\"class\":\"AmbiguousSubmitException\"}}";

    @TempDir
    private Path folder;

    private record Counts(List<Integer> times) implements Witness {

        @Override
        public List<String> arguments() {
            return List.of();
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public int received() {
            return 0;
        }

        @Override
        public int times(String prompt) {
            for (int i = 0; i < times.size(); i++) {
                if (BatchKill.prompt(1, i).equals(prompt)) return times.get(i);
            }
            throw new AssertionError(prompt);
        }

        @Override
        public void close() {}
    }

    private Outcome read(List<Integer> times, String... lines) throws IOException {
        Path results = folder.resolve("results");
        Files.write(results, List.of(lines));
        return Outcome.read(results, 1, 3, new Counts(times));
    }

    @Test
    void whatIsSaidIsAsPromised() throws IOException {
        Outcome outcome = read(List.of(1, 2, 0), COMPLETED, RERUN, AMBIGUOUS);
        assertThat(outcome).isEqualTo(new Outcome(3, 3, 2, 1, 1, 1, 0));
        assertThat(outcome.isAsPromised(3)).isTrue();
    }

    @Test
    void whatIsNotSaidIsFound() throws IOException {
        assertThat(read(List.of(2, 1, 1), COMPLETED, RERUN, AMBIGUOUS).secretly())
                .isEqualTo(1);
        assertThat(read(List.of(0, 1, 1), COMPLETED, RERUN, AMBIGUOUS).secretly())
                .isEqualTo(1);
        assertThat(read(List.of(1, 1, 1), COMPLETED, RERUN).isAsPromised(3)).isFalse();
        assertThat(read(List.of(1, 1, 1), COMPLETED, COMPLETED, RERUN, AMBIGUOUS)
                        .isAsPromised(3))
                .isFalse();
    }
}
