package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page on compatibility says what the tests prove. With the system property {@code opencode4j.docs=write} it is
 * written anew.
 */
class CompatibilityTest {

    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");

    @Test
    void thePageSaysWhatTheTestsProve() throws IOException {
        if ("write".equals(System.getProperty("opencode4j.docs"))) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page());
        }
        assertThat(PAGE).content().isEqualTo(page());
    }

    @Test
    void eachTrapHasATestNamedForIt() {
        List<String> tests = Stream.of(TurnTrapsTest.class, ServerTrapsTest.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .toList();
        for (Trap trap : Trap.values()) {
            assertThat(tests)
                    .filteredOn(name -> name.matches("trap" + trap.number() + "\\D.*"))
                    .hasSize(1);
        }
        assertThat(tests).hasSize(Trap.values().length);
    }

    private static String page() {
        List<OpenCodeVersion> versions = OpenCodeVersion.certified();
        StringBuilder page = new StringBuilder();
        page.append("# Certified versions of OpenCode\n\n");
        page.append(
                "Each is run for real by the tests in `testkit`, with a scripted model; a test checks this page.\n\n");
        row(page, "", versions.stream().map(OpenCodeVersion::number));
        row(page, "---", versions.stream().map(version -> "---"));
        for (String suite : List.of(
                "scripts, conversations, policies, interrupts, failures",
                "every operation of the client, or the error that says why not")) {
            row(page, suite, versions.stream().map(version -> "yes"));
        }
        row(
                page,
                "a failing network and a dying server, over 200 turns",
                versions.stream().map(version -> version.equals(OpenCodeVersion.latest()) ? "yes" : ""));
        page.append("\n## Traps\n\nWhere a version does it, and that ours copes, is tested.\n\n");
        row(page, "", versions.stream().map(OpenCodeVersion::number));
        row(page, "---", versions.stream().map(version -> "---"));
        for (Trap trap : Trap.values()) {
            row(
                    page,
                    trap.number() + ". " + trap.fact(),
                    versions.stream().map(version -> trap.holdsOn(version) ? "does it" : "does not"));
        }
        return page.toString();
    }

    private static void row(StringBuilder page, String first, Stream<String> cells) {
        page.append("| ").append(first).append(" | ");
        page.append(cells.collect(Collectors.joining(" | "))).append(" |\n");
    }
}
