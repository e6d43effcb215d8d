package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.junit.LatestReal;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeBinary;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealCommandLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --install}, the second command of the README, in a cache of its own that has the version already. */
class InstallTest {

    @TempDir
    Path folder;

    @LatestReal
    void whatIsInstalledOnRequestStaysAsNpmMadeItAndIsKnownFromThenOn() throws Exception {
        OpenCodeVersion version = OpenCodeVersion.latest();
        Path installed = OpenCodeBinary.provision(version).path();
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Path home = OpenCodeBinary.cache().resolve(version.number());
        Files.createSymbolicLink(cache.resolve(version.number()), home);
        List<Path> before = filesBeside(installed);
        try (ScriptedModel model = ScriptedModel.start();
                RealCommandLine line = RealCommandLine.create(version, model)) {
            Path configuration = Files.createDirectories(line.home().resolve(".config/opencode"));
            Files.writeString(configuration.resolve("opencode.json"), line.config());
            Map<String, String> environment = new HashMap<>(line.environment());
            environment.put("OPENCODE4J_CACHE", cache.toString());
            assertThat(runWithInstall(environment)).contains("installing OpenCode " + version);
            assertThat(runWithInstall(environment)).doesNotContain("installing").contains("from the cache");
        }
        assertThat(filesBeside(installed)).isEqualTo(before);
    }

    /** What it says beside the answer. */
    private String runWithInstall(Map<String, String> environment) throws Exception {
        try (Child child = Child.start(folder, environment, "run", "--install", "Say something #words=5")) {
            assertThat(String.join(" ", child.rest()).strip().split(" ")).hasSize(5);
            assertThat(child.exitCode()).isZero();
            return child.err();
        }
    }

    private static List<Path> filesBeside(Path file) throws Exception {
        try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
            return files.map(Path::normalize).sorted().toList();
        }
    }
}
