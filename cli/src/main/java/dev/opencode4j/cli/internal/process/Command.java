package dev.opencode4j.cli.internal.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command of OpenCode's.
 *
 * @param line the program and its arguments; no secret is among them, for everybody on the machine can read them
 * @param environment the whole environment
 * @param directory the working directory, or null for this process's own
 * @param input what it reads from its standard input, in UTF-8
 */
public record Command(
        List<String> line,
        Map<String, String> environment,
        @Nullable Path directory,
        String input) {

    /** Keeps copies of the list and the map. */
    public Command {
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
    }

    /** A command that reads nothing. */
    public static Command of(List<String> line, Map<String, String> environment, @Nullable Path directory) {
        return new Command(line, environment, directory, "");
    }

    /** The program and its subcommand: {@code opencode run}. */
    public String name() {
        Path program = Path.of(line.get(0)).getFileName();
        return (program == null ? line.get(0) : program) + (line.size() > 1 ? " " + line.get(1) : "");
    }

    /** The name alone: the environment holds secrets. */
    @Override
    public String toString() {
        return "Command[" + name() + ']';
    }
}
