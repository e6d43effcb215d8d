package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java block of the README is compiled and run, as it stands there, against an impostor. */
class ReadmeTest {

    private static final Path README = Path.of("../README.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /** What a block may use without saying so: an IDE would import it. */
    private static final String IMPORTS = """
            import dev.opencode4j.batch.*;
            import dev.opencode4j.cli.*;
            import dev.opencode4j.core.*;
            import dev.opencode4j.core.event.*;
            import dev.opencode4j.core.interaction.*;
            import dev.opencode4j.core.reply.*;
            import dev.opencode4j.server.*;
            import dev.opencode4j.server.model.Session;
            import dev.opencode4j.testkit.impostor.Answer;
            import dev.opencode4j.testkit.impostor.Impostor;
            import dev.opencode4j.zen.*;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.List;
            """;

    static List<String> blocks() throws IOException {
        return JAVA.matcher(Files.readString(README))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    static Stream<Integer> blockNumbers() throws IOException {
        return IntStream.range(0, blocks().size()).boxed();
    }

    @ParameterizedTest
    @MethodSource("blockNumbers")
    void everyJavaBlockCompilesAndRuns(int number, @TempDir Path folder) throws Exception {
        try (Impostor impostor = Impostor.start()) {
            impostor.otherwise(prompt -> Answer.text("A monad ", "is a burrito."));
            Files.writeString(folder.resolve("prompts.jsonl"), "{\"id\":\"1\",\"prompt\":\"Hi\"}\n");
            String printed = run(compile(blocks().get(number), impostor, folder));
            if (number == 0) assertThat(printed).isEqualTo("A monad is a burrito.A monad is a burrito.\n");
            if (blocks().get(number).contains("Batch")) {
                assertThat(folder.resolve("results.jsonl"))
                        .content()
                        .contains("\"id\":\"1\"")
                        .contains("A monad is a burrito.");
            }
            if (printed.contains("Forty")) assertThat(printed).isEqualTo("Forty-two\nrun 1 time\n");
        }
    }

    @Test
    void theFirstProgramHasEightLinesAtMost() throws IOException {
        assertThat(blocks().get(0).lines()).hasSizeBetween(1, 8);
    }

    @Test
    void theTableOfVersionsIsTheTestKits() throws IOException {
        Matcher rows = Pattern.compile("^\\| (\\d+\\.\\d+\\.\\d+) \\| yes \\|$", Pattern.MULTILINE)
                .matcher(Files.readString(README));
        assertThat(rows.results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(OpenCodeVersion.certified().stream()
                        .map(OpenCodeVersion::toString)
                        .toList());
    }

    private static Path compile(String block, Impostor impostor, Path folder) throws IOException {
        String body = block.replace("http://localhost:4096", impostor.url().toString())
                .replace("OpenCodeServer.launch()", "OpenCodeServer.connect(\"" + impostor.url() + "\")");
        String source = IMPORTS + "public class Snippet { public static void main(String[] args) throws Exception {\n"
                + body + "}}\n";
        Path file = Files.writeString(folder.resolve("Snippet.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            complaints,
                            files,
                            null,
                            List.of(
                                    "-d",
                                    folder.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "-proc:none"),
                            null,
                            files.getJavaFileObjects(file))
                    .call();
            assertThat(compiled).as("%s%n%s", complaints, source).isTrue();
        }
        return folder;
    }

    /** Runs the program in a process of its own, as a reader would. */
    private static String run(Path classes) throws Exception {
        String classPath = classes + System.getProperty("path.separator") + System.getProperty("java.class.path");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath, "Snippet")
                .directory(classes.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(program.waitFor(60, TimeUnit.SECONDS))
                    .as("the program ends")
                    .isTrue();
            assertThat(program.exitValue()).isZero();
            return printed;
        } finally {
            program.destroyForcibly();
        }
    }
}
