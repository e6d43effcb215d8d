package dev.opencode4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tables of the pages name in their last column is there: the tests that show a promise, the classes. */
class PagesTest {

    private static final Path HOUSE = Path.of("..");
    private static final Pattern LAST_CELL = Pattern.compile("^\\|.*\\|([^|]+)\\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.([a-z]\\w*))?`");
    private static final Pattern A_TEST =
            Pattern.compile("@(Test|ParameterizedTest|Property|EachRealVersion|LatestReal)\\b");

    @ParameterizedTest
    @ValueSource(strings = {"promises.md", "opencode-facts.md"})
    void whatItNamesIsThere(String page) throws IOException {
        List<Path> sources = sources();
        List<MatchResult> names = names(Files.readString(HOUSE.resolve("docs").resolve(page)));
        assertThat(names)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(sources)
                        .as(name.group())
                        .anyMatch(source -> source.endsWith(name.group(1) + ".java") && holds(source, name)));
    }

    private static List<MatchResult> names(String page) {
        return LAST_CELL
                .matcher(page)
                .results()
                .flatMap(cell -> NAME.matcher(cell.group(1)).results())
                .toList();
    }

    private static boolean holds(Path source, MatchResult name) {
        String text = read(source);
        boolean holdsMember = name.group(2) == null
                || Pattern.compile("\\b" + name.group(2) + "\\(").matcher(text).find();
        return holdsMember
                && (!name.group(1).endsWith("Test") || A_TEST.matcher(text).find());
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (DirectoryStream<Path> modules =
                Files.newDirectoryStream(HOUSE, module -> Files.isDirectory(module.resolve("src")))) {
            for (Path module : modules) {
                try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
