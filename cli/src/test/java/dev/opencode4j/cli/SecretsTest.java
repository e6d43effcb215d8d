package dev.opencode4j.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key is in no file, no argument, no message and no {@code toString}. */
class SecretsTest {

    private static final String KEY = "sk-4711-never-seen";

    @TempDir
    Path folder;

    private OpenCodeCliBuilder secretive(Fake fake) {
        return fake.builder()
                .provider(CustomProvider.builder("mine")
                        .models(List.of("m"))
                        .apiKey(KEY)
                        .build())
                .mcp(McpServer.remote(
                        "far", URI.create("http://127.0.0.1:1"), Map.of("Authorization", "Bearer " + KEY)))
                .environment("SOME_TOKEN", KEY);
    }

    @Test
    void item21NoFileAndNoArgumentHoldsAKeyWhileARunIsAtWork() throws Exception {
        Fake fake = new Fake(folder);
        fake.run("rm \"$DIR/env.run\"; touch \"$DIR/there\"; sleep 600");
        try (OpenCodeCli agent = secretive(fake).build();
                AgentSession session = agent.open()) {
            Turn turn = session.start("hi");
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("there")));
            assertThat(filesWith(Path.of(System.getProperty("java.io.tmpdir")))).isEmpty();
            assertThat(arguments()).noneMatch(line -> line.contains(KEY));
            turn.interrupt();
        }
    }

    private static List<String> arguments() {
        return ProcessHandle.allProcesses()
                .map(process -> {
                    try {
                        return new String(
                                Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline")),
                                ISO_8859_1);
                    } catch (IOException gone) {
                        return "";
                    }
                })
                .toList();
    }

    /** Among the files of runs and those of this test. */
    private List<Path> filesWith(Path temporary) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> runs = Files.list(temporary)) {
            List<Path> folders = new ArrayList<>(
                    runs.filter(path -> path.getFileName().toString().startsWith("opencode4j-cli-"))
                            .toList());
            folders.add(folder);
            for (Path each : folders) search(each, found);
        }
        return found;
    }

    private static void search(Path root, List<Path> found) {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), ISO_8859_1).contains(KEY)) found.add(file);
            }
        } catch (IOException | UncheckedIOException gone) {
            // Another test's run has ended.
        }
    }

    @Test
    void whatARunSaysOfAKeyIsNotRepeated() {
        Fake fake = new Fake(folder).run("echo \"bad key $SOME_TOKEN\" >&2; exit 1");
        try (OpenCodeCli agent = secretive(fake).build()) {
            AgentException failure = catchThrowableOfType(
                    AgentException.class, () -> agent.open().run("hi"));
            assertThat(failure).hasMessageContaining("bad key [redacted]");
            assertThat(agent.toString()).doesNotContain(KEY);
        }
    }

    @Test
    void valuesDoNotShowTheirSecrets() {
        CustomProvider provider =
                CustomProvider.builder("mine").models(List.of("m")).apiKey(KEY).build();
        McpServer server = McpServer.local("near", List.of("prog"), Map.of("TOKEN", KEY));
        assertThat(provider.toString() + server).isEqualTo("CustomProvider[mine, [m]]McpServer[near]");
    }
}
