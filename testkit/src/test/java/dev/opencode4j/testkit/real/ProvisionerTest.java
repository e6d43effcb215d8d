package dev.opencode4j.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisionerTest {

    private static final OpenCodeVersion VERSION = new OpenCodeVersion("9.8.7");
    private static final Platform PLATFORM = Platform.of("Linux", "amd64", Platform.Processor.MODERN);
    private static final Duration BOUND = Duration.ofSeconds(30);

    // Does what npm does: a binary under --prefix (its third argument) that tells its version.
    private static final String WORKING_NPM = """
            echo run >> "$(dirname "$0")/runs"
            bin="$3/node_modules/opencode-linux-x64/bin"
            mkdir -p "$bin"
            printf '#!/bin/sh\\necho 9.8.7\\n' > "$bin/opencode"
            chmod +x "$bin/opencode"
            """;

    @TempDir
    Path temporary;

    private Path cache;

    @BeforeEach
    void choose_a_cache() {
        cache = temporary.resolve("cache");
    }

    @Test
    void installs_once_and_finds_it_afterwards() throws IOException {
        Provisioner provisioner = provisioner(WORKING_NPM);

        OpenCodeBinary first = provisioner.provision(VERSION);
        OpenCodeBinary second = provisioner.provision(VERSION);

        assertThat(first).isEqualTo(second);
        assertThat(first.path()).isExecutable().startsWith(cache.resolve("9.8.7"));
        assertThat(runs()).isEqualTo(1);
        assertThat(leftUnfinished()).isEmpty();
    }

    @Test
    void repairs_a_half_install() throws IOException {
        Path half = Files.createDirectories(cache.resolve("9.8.7/node_modules/opencode-linux-x64/bin"));
        Files.writeString(half.resolve("README"), "no binary here");

        OpenCodeBinary binary = provisioner(WORKING_NPM).provision(VERSION);

        assertThat(binary.path()).isExecutable();
        assertThat(half.resolve("README")).doesNotExist();
    }

    @Test
    void installs_once_for_many_who_ask_at_the_same_time() throws IOException {
        Provisioner provisioner = provisioner(WORKING_NPM + "sleep 0.3\n");

        List<CompletableFuture<OpenCodeBinary>> asked = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> provisioner.provision(VERSION), task -> new Thread(task).start()))
                .toList();

        assertThat(asked).allSatisfy(binary -> assertThat(binary.join().path()).isExecutable());
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void tells_that_npm_is_missing_and_how_to_get_it() {
        Provisioner provisioner =
                new Provisioner(cache, temporary.resolve("no-npm-here").toString(), BOUND, PLATFORM);

        assertThatThrownBy(() -> provisioner.provision(VERSION))
                .isInstanceOf(ProvisionException.class)
                .hasMessageContaining("9.8.7 is not in " + cache)
                .hasMessageContaining("no-npm-here")
                .hasMessageContaining("put npm")
                .hasMessageContaining("OPENCODE4J_CACHE");
    }

    @Test
    void quotes_the_last_lines_of_an_npm_that_fails() throws IOException {
        Provisioner provisioner = provisioner("echo first; seq 100; echo 'npm error 404 no such version' >&2; exit 3");

        assertThatThrownBy(() -> provisioner.provision(VERSION))
                .isInstanceOf(ProvisionException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("npm error 404 no such version")
                .hasMessageNotContaining("first");
        assertThat(leftUnfinished()).isEmpty();
    }

    @Test
    void stops_an_npm_that_hangs() throws IOException {
        Path npm = script("sleep 600");
        Provisioner provisioner = new Provisioner(cache, npm.toString(), Duration.ofMillis(200), PLATFORM);

        assertThatThrownBy(() -> provisioner.provision(VERSION))
                .isInstanceOf(ProvisionException.class)
                .hasMessageContaining("was stopped after PT0.2S");
    }

    @Test
    void keeps_nothing_that_does_not_run() throws IOException {
        Provisioner provisioner = provisioner(WORKING_NPM.replace("echo 9.8.7", "echo illegal instruction; exit 132"));

        assertThatThrownBy(() -> provisioner.provision(VERSION))
                .isInstanceOf(ProvisionException.class)
                .hasMessageContaining("does not run")
                .hasMessageContaining("illegal instruction");
        assertThat(cache.resolve("9.8.7")).doesNotExist();
    }

    private Provisioner provisioner(String npmScript) throws IOException {
        return new Provisioner(cache, script(npmScript).toString(), BOUND, PLATFORM);
    }

    private Path script(String body) throws IOException {
        Path script = Files.writeString(temporary.resolve("npm"), "#!/bin/sh\n" + body);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int runs() throws IOException {
        return Files.readAllLines(temporary.resolve("runs")).size();
    }

    private List<Path> leftUnfinished() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().contains("unfinished")).toList();
        }
    }
}
