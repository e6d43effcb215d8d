package dev.opencode4j.server.internal.launch;

import dev.opencode4j.core.error.ConnectionException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds a program on this machine without starting one. */
public final class Executable {

    private static final String NAME = "opencode";
    private static final String VARIABLE = "OPENCODE_BIN";

    /** Where OpenCode's own installer, npm, bun and Homebrew put it, below the home directory. */
    private static final List<String> BELOW_HOME = List.of(
            ".opencode/bin",
            ".local/bin",
            ".bun/bin",
            ".npm-global/bin",
            ".npm-global/lib/node_modules/opencode-ai/bin");

    private static final List<String> ELSEWHERE = List.of(
            "/usr/local/bin",
            "/opt/homebrew/bin",
            "/usr/local/lib/node_modules/opencode-ai/bin",
            "/usr/lib/node_modules/opencode-ai/bin");

    private Executable() {}

    /**
     * OpenCode: where {@code OPENCODE_BIN} says, else on the {@code PATH}, else where it is commonly installed.
     *
     * @throws ConnectionException if there is none; the message says where it was looked for
     */
    public static Path openCode(Map<String, String> environment) {
        return findOpenCode(environment)
                .orElseThrow(() -> new ConnectionException(
                        "no executable 'opencode' on the PATH, in ~/.opencode/bin or where npm puts it;"
                                + " install OpenCode, or set " + VARIABLE,
                        null,
                        null));
    }

    /**
     * As {@link #openCode}, but empty if there is none.
     *
     * @throws ConnectionException if {@code OPENCODE_BIN} names something else
     */
    public static Optional<Path> findOpenCode(Map<String, String> environment) {
        String told = environment.get(VARIABLE);
        if (told != null && !told.isBlank()) {
            Path binary = in(told, "");
            if (binary != null) return Optional.of(binary);
            throw new ConnectionException(VARIABLE + " names no executable file", null, null);
        }
        List<String> folders = new ArrayList<>(path(environment));
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
        BELOW_HOME.forEach(folder -> folders.add(home + '/' + folder));
        folders.addAll(ELSEWHERE);
        return Optional.ofNullable(in(folders, NAME));
    }

    /** The program {@code name} on the {@code PATH}; null if there is none. */
    public static @Nullable Path onPath(String name, Map<String, String> environment) {
        return in(path(environment), name);
    }

    private static List<String> path(Map<String, String> environment) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .filter(folder -> !folder.isBlank())
                .toList();
    }

    private static @Nullable Path in(List<String> folders, String name) {
        for (String folder : folders) {
            Path file = in(folder, name);
            if (file != null) return file;
        }
        return null;
    }

    private static @Nullable Path in(String folder, String name) {
        try {
            Path file = Path.of(folder, name);
            return Files.isRegularFile(file) && Files.isExecutable(file) ? file.toAbsolutePath() : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
