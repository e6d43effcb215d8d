package dev.opencode4j.cli.internal.process;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.RequestTimeout;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.telemetry.Instrumentation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What became of a short command.
 *
 * @param exitCode its exit code
 * @param output all of its standard output
 * @param errors the end of its standard error
 */
public record Captured(int exitCode, String output, String errors) {

    /** As much of an output as is read; an export of a session with many attachments comes near. */
    private static final long MAX_OUTPUT = 128 << 20;

    /**
     * Runs a command to its end.
     *
     * @throws RequestTimeout if that takes too long; it is ended then
     * @throws AgentException if it can't be started, or its output has more than {@value #MAX_OUTPUT} bytes
     */
    public static Captured run(Command command, Duration limit, Instrumentation instrumentation)
            throws InterruptedException {
        Instrumentation.Observation observation =
                instrumentation.started("opencode.command", Map.of("command", command.name()));
        try {
            Captured captured = run(command, limit);
            observation.ended(null);
            return captured;
        } catch (AgentException | InterruptedException e) {
            observation.ended(e);
            throw e;
        }
    }

    /** Never fails on bytes that are no UTF-8. */
    private static String text(Path output, Where where) throws IOException {
        if (Files.size(output) > MAX_OUTPUT) {
            throw ProtocolException.tooLarge(
                    "the output has more than " + MAX_OUTPUT + " bytes", where, "", "The session may be too large.");
        }
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }

    private static Captured run(Command command, Duration limit) throws InterruptedException {
        try (RunFolder folder = RunFolder.create()) {
            Path output = folder.newFile("out");
            try (Child child = Child.start(command, output)) {
                if (!child.awaitExit(limit)) {
                    throw new RequestTimeout(limit, Where.of("command", command.name()));
                }
                Where where = new Where("command", command.name(), child.exitCode());
                return new Captured(child.exitCode(), text(output, where), child.errors());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the output of '" + command.name() + "' can't be read", e);
        }
    }
}
