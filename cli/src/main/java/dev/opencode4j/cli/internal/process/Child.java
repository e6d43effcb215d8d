package dev.opencode4j.cli.internal.process;

import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.server.internal.launch.DeathGuard;
import dev.opencode4j.server.internal.launch.Executable;
import dev.opencode4j.server.internal.launch.OutputTail;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A running command. Its standard output goes to a file, for OpenCode cuts a pipe's short; its standard error is read all
 * the time and its end kept. It has a session of its own, so that a key press in a terminal reaches it through this
 * program alone, and it ends, with all that it started, with {@link #close}, when this JVM ends, and on Linux with
 * {@code setpriv} even when the JVM is killed.
 */
public final class Child implements AutoCloseable {

    private static final @Nullable Path SETSID = Executable.onPath("setsid", System.getenv());
    /** What OpenCode paints its words with, also where nobody sees it. */
    private static final Pattern COLOUR = Pattern.compile("\\x1b\\[[0-9;]*m");

    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private final Process process;
    private final OutputTail errors;
    private final Family family;

    private Child(Process process, OutputTail errors, String mark) {
        this.process = process;
        this.errors = errors;
        this.family = new Family(process.toHandle(), mark);
    }

    /**
     * Starts a command whose output goes to {@code output}.
     *
     * @throws ConnectionException if the program can't be started
     * @throws BadRequestException if its working directory does not exist
     * @throws InterruptedException if the thread is interrupted; nothing runs then
     */
    public static Child start(Command command, Path output) throws InterruptedException {
        if (command.directory() != null && !Files.isDirectory(command.directory())) {
            throw new BadRequestException("there is no directory " + command.directory(), null, null);
        }
        // What starts in its place would say so by an exit code that may be anybody's.
        Path program = Path.of(command.line().get(0));
        if (!Files.isExecutable(program)) {
            throw new ConnectionException("there is no program " + program + "; install OpenCode there", null, null);
        }
        CompletableFuture<Child> started = new CompletableFuture<>();
        // This thread starts the process and lives as long: the guard against our death watches the thread. It is a
        // platform thread for the same reason.
        Thread keeper = new Thread(() -> keep(command, output, started), "opencode4j-cli-command");
        keeper.setDaemon(true);
        keeper.start();
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw new ConnectionException(
                    "'" + command.line().get(0) + "' can't be started; check that OpenCode is installed there",
                    null,
                    e.getCause());
        } catch (InterruptedException e) {
            started.thenAccept(Child::close);
            throw e;
        }
    }

    private static void keep(Command command, Path output, CompletableFuture<Child> started) {
        String mark = UUID.randomUUID().toString();
        Process process;
        OutputTail errors = new OutputTail();
        Child child;
        try {
            ProcessBuilder builder = new ProcessBuilder(guarded(command.line())).redirectOutput(output.toFile());
            if (command.directory() != null)
                builder.directory(command.directory().toFile());
            Map<String, String> environment = builder.environment();
            environment.clear();
            environment.putAll(command.environment());
            environment.put(Family.MARK, mark);
            process = builder.start();
            child = new Child(process, errors, mark);
            LiveChildren.add(child);
        } catch (IOException | RuntimeException e) {
            started.completeExceptionally(e);
            return;
        }
        started.complete(child);
        feed(process.getOutputStream(), command.input());
        errors.drain(process.getErrorStream());
        process.onExit().join();
    }

    private static List<String> guarded(List<String> line) {
        List<String> guarded = new ArrayList<>(DeathGuard.prefix());
        if (SETSID != null) guarded.add(SETSID.toString());
        guarded.addAll(line);
        return guarded;
    }

    /** On a thread of its own: a command that does not read would hold up whoever writes. */
    private static void feed(OutputStream to, String input) {
        Thread feeder = new Thread(
                () -> {
                    try (to) {
                        to.write(input.getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        // It ended without reading all; how it ended says why.
                    }
                },
                "opencode4j-cli-input");
        feeder.setDaemon(true);
        feeder.start();
    }

    /** Waits for the end; false if it has not come in this time. */
    public boolean awaitExit(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The exit code; only when it has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** The end of what it wrote to its standard error. Waits a moment for the rest once it has ended. */
    public String errors() throws InterruptedException {
        try {
            if (!process.isAlive()) errors.endWithin(LAST_WORDS).get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // What there is has to do.
        }
        return COLOUR.matcher(errors.text()).replaceAll("");
    }

    /** Ends it and all that it started, also what it left behind when it ended by itself; see {@link Family#end}. */
    @Override
    public void close() {
        family.end();
        LiveChildren.remove(this);
    }
}
