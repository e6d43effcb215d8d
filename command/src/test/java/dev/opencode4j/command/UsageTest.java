package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    private final Console console = new Console();

    @ParameterizedTest
    @ValueSource(strings = {"run", "batch", "doctor", "sessions", "impostor"})
    void everyCommandHelpsAndTellsItsExitCodes(String command) {
        Console.Result result = console.run(command, "--help");
        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("Usage: opencode4j " + command).contains("130   Interrupted");
        assertThat(result.lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void theVersionTellsWhatIsCertified() {
        assertThat(console.run("--version").out()).contains("opencode4j ", "1.2.27, 1.15.13, 1.18.33");
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
