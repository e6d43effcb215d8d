package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    private static final Path PAGE = Path.of("..", "docs", "command-line.md");
    private static final Pattern HELP_OPTION =
            Pattern.compile("^ {2,6}(?:(-\\w), )?(--[a-z][a-z-]+)", Pattern.MULTILINE);
    private static final Pattern PAGE_OPTION = Pattern.compile("(?:`(-\\w)`|(--[a-z][a-z-]+))");

    private final Console console = new Console();

    @ParameterizedTest
    @ValueSource(strings = {"run", "batch", "doctor", "sessions", "impostor"})
    void everyCommandHelpsAndTellsItsExitCodes(String command) {
        Console.Result result = console.run(command, "--help");
        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("Usage: opencode4j " + command).contains("130   Interrupted");
        assertThat(result.lines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @CsvSource({"run, run", "doctor, doctor", "sessions, list show delete", "impostor, impostor"})
    void thePageHasTheSameOptions(String command, String inner) throws IOException {
        Set<String> options = new TreeSet<>();
        for (String one : inner.split(" ", -1)) {
            String[] help = one.equals(command) ? new String[] {one, "--help"} : new String[] {command, one, "--help"};
            all(HELP_OPTION, console.run(help).out(), options);
        }
        options.removeAll(Set.of("-h", "--help"));
        Set<String> documented = new TreeSet<>();
        for (String section : Files.readString(PAGE).split("\n(?=## )", -1))
            if (section.startsWith("## `" + command)) all(PAGE_OPTION, section, documented);
        assertThat(documented).isEqualTo(options);
    }

    private static void all(Pattern options, String text, Set<String> into) {
        options.matcher(text)
                .results()
                .flatMap(found -> IntStream.rangeClosed(1, found.groupCount()).mapToObj(found::group))
                .filter(Objects::nonNull)
                .forEach(into::add);
    }

    @Test
    void theVersionTellsWhatIsCertified() {
        assertThat(console.run("--version").out())
                .contains("opencode4j ", "1.2.27, 1.15.13, " + OpenCodeVersion.latest());
    }

    @Test
    void helpListsTheCommands() {
        assertThat(console.run("help").out()).contains("run", "batch", "doctor", "sessions", "impostor");
    }

    @Test
    void completionIsAScript() {
        assertThat(console.run("generate-completion").out())
                .startsWith("#!/usr/bin/env bash")
                .contains("--permissions");
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        Console.Result result = console.run();
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("Missing required subcommand", "doctor");
    }

    @Test
    void aMisspeltCommandIsNamed() {
        Console.Result result = console.run("rum", "Hi");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("rum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=99999", "--version=latest"})
    void theImpostorRefusesNonsense(String argument) {
        assertThat(console.run("impostor", argument).code()).isEqualTo(2);
    }

    @Test
    void theDemoSaysThatItIsOne() {
        Console.Result result = console.run("run", "Hi");
        assertThat(result.out()).contains("This is the demo", "--install", "OPENCODE_BASE_URL");
        assertThat(result.err()).contains("demo", "--install").hasLineCount(1);
        assertThat(result.code()).isZero();
    }
}
