package dev.opencode4j.server.internal.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Routes and field names of the wire are written in this package and nowhere else. */
class DialectStaysHomeTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path HOME = SOURCES.resolve("dev/opencode4j/server/internal/v1");

    /** Where programs are installed looks like routes. */
    private static final Path LAUNCH = SOURCES.resolve("dev/opencode4j/server/internal/launch");

    private static final Pattern COMMENTS = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern ROUTE = Pattern.compile("/[a-z_]{3,}(/.*)?");
    private static final Pattern FIELD = Pattern.compile("[a-z]+ID|[a-z]+[A-Z]\\w*|[a-z]+\\.[a-z]+(\\.[a-z]+)*");

    /** Words of Java's, of HTTP's and of ours that look like fields of the wire. */
    private static final Set<String> OURS = Set.of(
            "opencode.request",
            "shutdownNow",
            "user.home",
            "baseUrl",
            "connectTimeout",
            "answerLimit",
            "requestTimeout",
            "readyWithin",
            "parentId",
            "workspaceId",
            "schemaRetries");

    @Test
    void noLiteralElsewhereIsARouteOrAField() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java") && !path.startsWith(HOME))
                    .toList()) {
                literals(file).stream()
                        .filter(text -> (ROUTE.matcher(text).matches() && !file.startsWith(LAUNCH))
                                || (FIELD.matcher(text).matches() && !OURS.contains(text)))
                        .forEach(text -> found.add(file.getFileName() + ": " + text));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void theSearchFindsThemWhereTheyAre() throws IOException {
        assertThat(literals(HOME.resolve("SessionRoutes.java"))).contains("/session", "parentID");
        assertThat(ROUTE.matcher("/session").matches()).isTrue();
        assertThat(FIELD.matcher("parentID").matches()).isTrue();
    }

    private static Set<String> literals(Path file) throws IOException {
        String code = COMMENTS.matcher(Files.readString(file)).replaceAll("");
        Set<String> literals = new TreeSet<>();
        Matcher matcher = LITERAL.matcher(code);
        while (matcher.find()) literals.add(matcher.group(1));
        return literals;
    }
}
