package dev.opencode4j.benchmarks.turns;

import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Impostor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The impostor in a JVM of its own, so that only the client's heap and processor time are measured here. */
final class ImpostorProcess implements AutoCloseable {

    /** The word that every turn says before it waits at the gate; then comes the prompt itself. */
    static final String WAITING = "waiting ";

    private static final String GATE = "all there";

    private final Process process;
    private final String url;

    private ImpostorProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static ImpostorProcess start() {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx2g",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ImpostorProcess.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String url = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (url == null) throw new IllegalStateException("The impostor did not start.");
            return new ImpostorProcess(process, url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return url;
    }

    /** Lets all turns go on. */
    void release() {
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

    /** Says its address, opens the gate at the first line that it is given and ends with its input. */
    public static void main(String[] args) throws IOException {
        try (Impostor impostor = Impostor.start()) {
            impostor.otherwise(
                    prompt -> Answer.script().text(WAITING).hold(GATE).text(prompt.text()));
            System.out.println(impostor.url());
            while (System.in.read() >= 0) impostor.release(GATE);
        }
    }
}
