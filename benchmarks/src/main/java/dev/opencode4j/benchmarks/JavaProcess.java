package dev.opencode4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The other side of a measurement in a JVM of its own, so that only the client's figures are taken here. */
public final class JavaProcess implements AutoCloseable {

    private final Process process;
    private final String url;

    private JavaProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** The command that runs {@code main} with this program's Java and classes, and these options of the JVM. */
    public static List<String> command(Class<?> main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    /** Starts {@code main}, which says its address in a line, and waits for that. */
    public static JavaProcess start(Class<?> main, String... options) {
        try {
            Process process = new ProcessBuilder(command(main, options))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String url = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (url == null) throw new IllegalStateException(main.getSimpleName() + " did not start.");
            return new JavaProcess(process, url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address that it said. */
    public String url() {
        return url;
    }

    /** Sends it a line. */
    public void nudge() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
