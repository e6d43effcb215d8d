package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code opencode4j} with a Maven and a Java that only say what they were asked to do. */
class ScriptTest {

    @TempDir
    private Path folder;

    private Path clone;
    private final Map<String, String> environment = new HashMap<>();

    private record Result(int code, String out, String err) {}

    @BeforeEach
    void prepare() throws IOException {
        clone = Files.createDirectories(folder.resolve("a clone"));
        for (String module : List.of("core", "server", "testkit", "zen", "cli", "batch", "command")) {
            Files.createDirectories(clone.resolve(module).resolve("src/main"));
            Files.createFile(clone.resolve(module).resolve("pom.xml"));
        }
        Files.createFile(clone.resolve("pom.xml"));
        Path script = Path.of("..", "opencode4j");
        executable(clone.resolve("opencode4j"), Files.readString(script));
        maven("mkdir -p command/target && : >command/target/opencode4j.jar");
        executable(
                folder.resolve("jdk/bin/java"), "#!/bin/sh\nprintf '<%s>' \"$@\"\necho\necho \"LC_ALL=${LC_ALL-}\"\n");
        environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("JAVA_HOME", folder.resolve("jdk").toString());
    }

    private void maven(String command) throws IOException {
        executable(
                folder.resolve("bin/mvn"),
                "#!/bin/sh\necho \"$*\" >>'" + folder.resolve("builds") + "'\n" + command + "\n");
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(clone.resolve("opencode4j").toString()));
        command.addAll(Arrays.asList(arguments));
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("LC_ALL", "LC_CTYPE", "LANG"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }

    private List<String> builds() throws IOException {
        Path log = folder.resolve("builds");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    @Test
    void theFirstUseBuildsOnlyWhatIsNeededAndThenRuns() throws Exception {
        Result result = run("run", "two words", "it's");
        assertThat(result.code()).isZero();
        assertThat(builds()).singleElement().asString().contains("-q", "-pl command -am", "-Dmaven.test.skip=true");
        assertThat(result.out().lines().findFirst().orElseThrow())
                .contains("opencode4j.jar>")
                .endsWith("<run><two words><it's>");
        assertThat(result.err()).hasLineCount(1).contains("building");
    }

    @Test
    void theSecondUseBuildsNothing() throws Exception {
        run("--version");
        Result result = run("--version");
        assertThat(builds()).hasSize(1);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aSourceThatIsNewerThanTheBuildIsBuilt() throws Exception {
        run("--version");
        Path source = Files.createFile(clone.resolve("server/src/main/A.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        run("--version");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void aBuildThatFailsShowsItsLogRunsNothingAndIsTriedAgain() throws Exception {
        maven("echo 'no such artifact'; exit 1");
        Result result = run("--version");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("no such artifact", "the build failed");
        run("--version");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void whatAGoodBuildSaysIsNotShown() throws Exception {
        maven("echo noise; mkdir -p command/target && : >command/target/opencode4j.jar");
        Result result = run("--version");
        assertThat(result.out() + result.err()).doesNotContain("noise");
    }

    @Test
    void aJavaHomeThatIsNoneIsNamed() throws Exception {
        environment.put("JAVA_HOME", folder.resolve("nowhere").toString());
        Result result = run("--version");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("nowhere", "JAVA_HOME");
    }

    @Test
    void pipesAreNoTerminals() throws Exception {
        assertThat(run("--version").out()).contains("<-Dopencode4j.terminals=>");
    }

    @Test
    void accentsSurviveWithoutALocale() throws Exception {
        String expected = System.getProperty("os.name").equals("Linux") ? "LC_ALL=C.UTF-8" : "LC_ALL=";
        assertThat(run("--version").out().lines()).contains(expected);
        environment.put("LC_ALL", "de_DE.UTF-8");
        assertThat(run("--version").out().lines()).contains("LC_ALL=de_DE.UTF-8");
    }

    @Test
    void aLinkFromElsewhereFindsIt() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("bin/opencode4j"), clone.resolve("opencode4j"));
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "JAVA_HOME='" + folder.resolve("jdk") + "' PATH='" + environment.get("PATH") + "' '" + link
                                + "' --version")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("<--version>");
        assertThat(process.waitFor()).isZero();
    }
}
