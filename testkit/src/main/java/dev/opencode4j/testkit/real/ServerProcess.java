package dev.opencode4j.testkit.real;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One run of {@code opencode serve}. */
final class ServerProcess {

    static final String USER = "opencode";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final int PROBE_MILLIS = 1_000;
    private static final int QUOTED_LINES = 30;

    private final Process process;
    private final ProcessTree tree;
    private final Path log;
    private final int logStart;
    private final URI uri;
    private final String password;

    private ServerProcess(Process process, Surroundings surroundings, int logStart, URI uri, String password) {
        this.process = process;
        this.tree = new ProcessTree(process.toHandle(), surroundings.home());
        this.log = surroundings.log();
        this.logStart = logStart;
        this.uri = uri;
        this.password = password;
    }

    static ServerProcess start(
            OpenCodeBinary binary, Surroundings surroundings, String config, URI uri, String password) {
        ProcessBuilder builder = new ProcessBuilder(
                binary.path().toString(),
                "serve",
                "--hostname",
                uri.getHost(),
                "--port",
                String.valueOf(uri.getPort()),
                "--print-logs",
                "--log-level",
                "WARN");
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(surroundings.environment());
        environment.put("OPENCODE_CONFIG_CONTENT", config);
        environment.put("OPENCODE_SERVER_USERNAME", USER);
        environment.put("OPENCODE_SERVER_PASSWORD", password);
        try {
            int logStart = Files.exists(surroundings.log())
                    ? Files.readString(surroundings.log()).length()
                    : 0;
            Process process = builder.directory(surroundings.directory().toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(surroundings.log().toFile()))
                    .start();
            return new ServerProcess(process, surroundings, logStart, uri, password);
        } catch (IOException e) {
            throw new UncheckedIOException("OpenCode " + binary.version() + " could not be run", e);
        }
    }

    /**
     * Waits until the server answers; kills it if it does not.
     *
     * @throws StartException if it does not within the time, ends, or is of another version
     */
    void awaitReady(OpenCodeVersion version, Duration atMost) {
        String failure = "was given up";
        try {
            failure = failureToBecomeReady(version, atMost);
        } finally {
            if (!failure.isEmpty()) {
                kill();
            }
        }
        if (!failure.isEmpty()) {
            throw new StartException("OpenCode " + version + " " + failure + ", the end of its log:\n"
                    + LastLines.of(log().substring(logStart), QUOTED_LINES));
        }
    }

    List<ProcessHandle> living() {
        return tree.living();
    }

    void kill() {
        tree.kill();
    }

    private String failureToBecomeReady(OpenCodeVersion version, Duration atMost) {
        long start = System.nanoTime();
        try {
            while (System.nanoTime() - start < atMost.toNanos()) {
                if (!process.isAlive()) {
                    return "ended with exit code " + process.exitValue() + " while it started";
                }
                // A request that comes when the port is open but this line is not written yet is never answered
                // (1.15.13, 1.18.33).
                if (log().indexOf("listening on", logStart) >= 0) {
                    String health = health();
                    if (health.contains("\"" + version + "\"")) {
                        return "";
                    }
                    if (!health.isEmpty()) {
                        return "was expected but this answered: " + health;
                    }
                }
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            }
            return "was not ready within " + atMost;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "was given up because the starting thread was interrupted";
        }
    }

    /** What the server says of itself; empty when it does not answer yet. */
    private String health() {
        try {
            HttpURLConnection request =
                    (HttpURLConnection) uri.resolve("/global/health").toURL().openConnection();
            request.setConnectTimeout(PROBE_MILLIS);
            request.setReadTimeout(PROBE_MILLIS);
            String credentials = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(UTF_8));
            request.setRequestProperty("authorization", "Basic " + credentials);
            try {
                return new String(request.getInputStream().readAllBytes(), UTF_8);
            } finally {
                request.disconnect();
            }
        } catch (IOException e) {
            return "";
        }
    }

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException("The server's log cannot be read", e);
        }
    }
}
