package dev.opencode4j.command.exit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.RateLimitException;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void noTwoAreTheSame() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code)).doesNotHaveDuplicates();
    }

    @Test
    void everyErrorOfAnAgentHasOne() throws IOException, URISyntaxException {
        Set<String> told = ExitCode.table().values().stream()
                .map(line -> line.split(":", 2)[0])
                .collect(Collectors.toSet());
        assertThat(told).containsAll(errors());
    }

    /** The names of the concrete errors, as they lie in the folder or the jar of core. */
    private static List<String> errors() throws IOException, URISyntaxException {
        Path core = Path.of(AgentException.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(core)) {
            try (Stream<Path> files = Files.list(core.resolve("dev/opencode4j/core/error"))) {
                return concrete(files.map(file -> file.getFileName().toString()));
            }
        }
        try (JarFile jar = new JarFile(core.toFile())) {
            return concrete(jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("dev/opencode4j/core/error/"))
                    .map(name -> name.substring(name.lastIndexOf('/') + 1)));
        }
    }

    private static List<String> concrete(Stream<String> files) {
        return files.filter(name -> name.endsWith(".class") && !name.startsWith("package-info"))
                .map(name -> name.substring(0, name.length() - ".class".length()))
                .filter(ExitCodeTest::isConcreteError)
                .toList();
    }

    private static boolean isConcreteError(String name) {
        try {
            Class<?> type = Class.forName("dev.opencode4j.core.error." + name);
            return AgentException.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void errorsFindTheirCode() {
        assertThat(ExitCode.of(new DeadlineExceeded(Duration.ofSeconds(1)))).isEqualTo(ExitCode.DEADLINE);
        assertThat(ExitCode.of(new RateLimitException("slow down", null, Instant.EPOCH)))
                .isEqualTo(ExitCode.RATE_LIMIT);
        assertThat(ExitCode.of(new IllegalArgumentException("model"))).isEqualTo(ExitCode.USAGE);
        assertThat(ExitCode.of(new IllegalStateException())).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void theDocumentationSaysTheSame() throws IOException {
        List<String> documented = Files.readAllLines(docs());
        for (ExitCode code : ExitCode.values()) {
            String meaning = Objects.requireNonNull(ExitCode.table().get(String.format("%3d", code.code())));
            assertThat(documented).contains("| " + code.code() + " | " + meaning + " |");
        }
    }

    private static Path docs() {
        Path inModule = Path.of("..", "docs", "command-line.md");
        return Files.exists(inModule) ? inModule : Path.of("docs", "command-line.md");
    }
}
