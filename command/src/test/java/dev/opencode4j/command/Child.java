package dev.opencode4j.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line in a JVM of its own, for what can only be seen there: signals, pipes, exit codes. */
final class Child implements AutoCloseable {

    private static final long SECONDS = 60;

    private final Process process;
    private final BufferedReader out;
    private final Path err;

    private Child(Process process, Path err) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.err = err;
    }

    static Child start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(defaultSignals());
        command.addAll(java());
        command.addAll(Arrays.asList(arguments));
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().remove("OPENCODE_BASE_URL");
        builder.environment().putAll(environment);
        return new Child(builder.start(), err);
    }

    /** The command line as a command, without its arguments. */
    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
    }

    /** A build that runs in the background ignores SIGINT, and so would its children. */
    private static List<String> defaultSignals() {
        return Files.isExecutable(Path.of("/usr/bin/env"))
                        && System.getProperty("os.name").equals("Linux")
                ? List.of("/usr/bin/env", "--default-signal=INT")
                : List.of();
    }

    /** The next line of its output; null at the end. */
    String line() throws IOException {
        return out.readLine();
    }

    /** Reads until a line holds {@code text}. */
    void awaitLine(String text) throws IOException {
        String line;
        do {
            line = line();
            if (line == null) throw new AssertionError("The output ended without '" + text + "': " + err());
        } while (!line.contains(text));
    }

    /** The rest of its output. */
    List<String> rest() {
        return out.lines().toList();
    }

    /** What it wrote to its error output. */
    String err() throws IOException {
        return Files.readString(err);
    }

    /** Waits until its error output ends like this. */
    void awaitErr(String end) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!err().endsWith(end)) {
            if (System.nanoTime() > deadline) throw new AssertionError("no '" + end + "': " + err());
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Stops reading its output. */
    void hangUp() throws IOException {
        out.close();
    }

    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) throw new AssertionError("kill -" + name + " failed");
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) throw new AssertionError("it does not end");
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
