package dev.opencode4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * An {@code opencode} that is a shell script, for what a real one can't be brought to do. It notes every call with its
 * arguments, and keeps what it read and its environment.
 */
final class Fake {

    final Path folder;

    private String onRun = "exit 0";
    private String onExport = "echo 'Session not found' >&2; exit 1";

    Fake(Path folder) {
        this.folder = folder;
    }

    /** What {@code run} does: shell, in which {@code $DIR} is this folder and {@code $N} the number of the run. */
    Fake run(String shell) {
        onRun = shell;
        return this;
    }

    /** What {@code export} does. */
    Fake export(String shell) {
        onExport = shell;
        return this;
    }

    /** A run that prints these lines and ends with 0. */
    Fake prints(String... lines) {
        return run(cat("printed", lines));
    }

    /** An export that prints this session. */
    Fake exports(String json) {
        return export(cat("exported", json));
    }

    /** Shell that prints these lines. */
    String cat(String name, String... lines) {
        write(folder.resolve(name), String.join("\n", lines) + '\n');
        return "cat \"$DIR/" + name + '"';
    }

    OpenCodeCliBuilder builder() {
        Path script = folder.resolve("opencode");
        write(script, """
                #!/bin/sh
                DIR='%s'
                case "$1" in
                run)
                  echo "$*" >> "$DIR/runs"; N=$(wc -l < "$DIR/runs"); cat > "$DIR/stdin"; env > "$DIR/env.run"
                  %s ;;
                export)
                  echo "$*" >> "$DIR/exports"; N=$(wc -l < "$DIR/exports"); env > "$DIR/env.export"
                  %s ;;
                esac
                """.formatted(folder, onRun, onExport));
        try {
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return OpenCodeCli.builder().binary(script);
    }

    OpenCodeCli agent() {
        return builder().build();
    }

    /** The arguments of each run. */
    List<String> runs() {
        return lines("runs");
    }

    /** The arguments of each export. */
    List<String> exports() {
        return lines("exports");
    }

    List<String> lines(String name) {
        try {
            Path file = folder.resolve(name);
            return Files.exists(file) ? Files.readAllLines(file, UTF_8) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of a variable in the last run or export; empty if it had none. */
    String variable(String command, String name) {
        return lines("env." + command).stream()
                .filter(line -> line.startsWith(name + '='))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
