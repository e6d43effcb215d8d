package dev.opencode4j.batch.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.part.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A batch that is killed again and again; the prompts are counted where they arrive. */
class KillTest {

    private static final int KILLS = 3;

    @TempDir
    private Path folder;

    private Outside outside;

    @BeforeEach
    void start() throws IOException {
        outside = new Outside();
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    private Process victim(boolean reattaches, boolean runsTools) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        outside.url(),
                        folder.resolve("results.jsonl").toString(),
                        Boolean.toString(reattaches),
                        Boolean.toString(runsTools))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, true", "false, false"})
    void everyPromptHasOneResultAndNoneRunsTwiceInSecret(boolean reattaches, boolean runsTools) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            int moment = outside.received() + 1 + random.nextInt(Victim.PROMPTS / (KILLS + 1));
            Process process = victim(reattaches, runsTools);
            try {
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> outside.received() >= moment || !process.isAlive());
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        Process last = victim(reattaches, runsTools);
        try {
            assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            last.destroyForcibly();
        }
        assertThat(last.exitValue()).as("%s", log()).isZero();
        check(reattaches, runsTools, seed);
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private void check(boolean reattaches, boolean runsTools, long seed) throws IOException {
        Map<String, JsonNode> results = results();
        assertThat(results).as("seed %s", seed).hasSize(Victim.PROMPTS);
        int marked = 0;
        for (int i = 0; i < Victim.PROMPTS; i++) {
            JsonNode result = results.get("id" + i);
            int times = outside.times("prompt " + i);
            boolean completed = result.path("status").asString().equals("completed");
            boolean rerun = result.path("rerun").asBoolean();
            if (!completed || rerun) marked++;
            if (completed) assertThat(result.path("text").asString()).isEqualTo("echo prompt " + i);
            if (reattaches) {
                assertThat(completed && !rerun && times == 1)
                        .as("%s, sent %s times", result, times)
                        .isTrue();
            } else if (runsTools) {
                assertThat(times).as("%s", result).isLessThanOrEqualTo(1);
                if (!completed) {
                    assertThat(result.at("/error/class").asString()).isEqualTo("AmbiguousSubmitException");
                }
            } else {
                assertThat(completed).isTrue();
                assertThat(times == 1 || rerun)
                        .as("%s, sent %s times", result, times)
                        .isTrue();
            }
        }
        assertThat(marked).isLessThanOrEqualTo(KILLS * Victim.PARALLEL);
    }

    private Map<String, JsonNode> results() throws IOException {
        Map<String, JsonNode> byId = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("results.jsonl"))) {
            JsonNode node = Json.parse(line).node();
            assertThat(byId.put(node.path("id").asString(), node))
                    .as("a second result")
                    .isNull();
        }
        return byId;
    }
}
