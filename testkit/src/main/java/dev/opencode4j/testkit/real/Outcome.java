package dev.opencode4j.testkit.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How a command ended: its exit code and all that it wrote, or that it had to be stopped. */
record Outcome(String end, String output) {

    private static final int QUOTED_LINES = 15;

    /**
     * Runs a command with nothing on its standard input; stops it, with its children, after a time.
     *
     * @throws IOException if it cannot be started
     */
    static Outcome of(List<String> command, Duration atMost) throws IOException {
        Path output = Files.createTempFile("opencode4j-command-", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            String end;
            try {
                end = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)
                        ? "ended with exit code " + process.exitValue()
                        : "was stopped after " + atMost;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                end = "was interrupted";
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            return new Outcome(end, Files.readString(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    boolean succeeded() {
        return end.endsWith(" code 0");
    }

    String summary() {
        return end + ", its last lines:\n" + LastLines.of(output, QUOTED_LINES);
    }
}
