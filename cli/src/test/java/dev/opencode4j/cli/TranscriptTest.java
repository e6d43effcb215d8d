package dev.opencode4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.work.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The records of runs. */
class TranscriptTest {

    private static final String KEY = "sk-very-secret-key";

    @TempDir
    Path folder;

    private List<JsonNode> records() {
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            return files.sorted().map(TranscriptTest::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return Json.parse(Files.readString(file)).node();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void item29EveryAttemptHasItsRecordWithATimeAndAZoneAndFailuresToo() {
        Fake fake = new Fake(folder)
                .prints(Lines.error(Lines.apiError(500, "no")))
                .exports(Lines.failed(Lines.apiError(500, "no " + KEY)));
        RetryPolicy twice = RetryPolicy.rerun(1).withBase(Duration.ofMillis(1)).withCap(Duration.ofMillis(1));
        try (OpenCodeCli agent = fake.builder()
                .retry(twice)
                .environment("MY_KEY", KEY)
                .transcripts(folder.resolve("log"))
                .build()) {
            assertThatThrownBy(() -> agent.open().run("hi " + KEY)).isInstanceOf(AgentException.class);
        }
        assertThat(records()).hasSize(2).allSatisfy(record -> {
            assertThat(record.path("outcome").asString()).isEqualTo("failed");
            assertThat(record.path("error").asString()).isEqualTo("ServerException");
            assertThat(OffsetDateTime.parse(record.path("startedAt").asString()).getOffset())
                    .isEqualTo(ZoneOffset.UTC);
            assertThat(record.path("prompt").asString()).isEqualTo("hi [redacted]");
            assertThat(record.toString()).doesNotContain(KEY);
        });
        assertThat(records())
                .extracting(record -> record.path("attempt").asInt())
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void item29ManyAtOnceDoNotMix() {
        Fake fake = new Fake(folder).prints(Lines.tapped("fine").toArray(String[]::new));
        try (OpenCodeCli agent =
                fake.builder().transcripts(folder.resolve("log")).build()) {
            CompletableFuture<?>[] turns = IntStream.range(0, 6)
                    .mapToObj(
                            i -> agent.open().start("prompt " + i).completion().toCompletableFuture())
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(turns).join();
        }
        assertThat(records())
                .extracting(record -> record.path("prompt").asString())
                .containsExactlyInAnyOrder("prompt 0", "prompt 1", "prompt 2", "prompt 3", "prompt 4", "prompt 5");
    }

    @Test
    void item25AToolsErrorIsInTheRecord() {
        Fake fake = new Fake(folder)
                .prints(Lines.step("prt_2", "stop"))
                .exports(Lines.session(
                        Lines.user("msg_1", "hi"),
                        Lines.message(Lines.assistant("msg_2", "msg_1", ",\"finish\":\"stop\""), """
                                {"id":"prt_3","sessionID":"ses_1","messageID":"msg_2","type":"tool","tool":"bash",\
                                "callID":"c1","state":{"status":"error","input":{"command":"x"},"error":"it broke"}}""")));
        try (OpenCodeCli agent =
                fake.builder().transcripts(folder.resolve("log")).build()) {
            agent.open().run("hi");
        }
        assertThat(records().get(0).path("parts").toString()).contains("it broke", "\"status\":\"error\"");
    }

    @Test
    void rowPromptLogWriteFailureIsNonFatal() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));
        Fake fake = new Fake(folder).prints(Lines.tapped("fine").toArray(String[]::new));
        try (OpenCodeCli agent = fake.builder().transcripts(file.resolve("log")).build()) {
            assertThat(agent.open().run("hi").text()).isEqualTo("fine");
        }
    }
}
