package dev.opencode4j.server.internal.launch;

import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.InterruptedTurnException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A running {@code opencode serve}. Its output is read all the time and its end kept; it ends with {@link #close},
 * when the JVM ends, and on Linux with {@code setpriv} even when the JVM is killed. Elsewhere such a death leaves it
 * running. Thread-safe.
 */
public final class ServerProcess implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ServerProcess.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int QUOTED = 2_000;

    private final Process process;
    private final int port;
    private final String password;
    private final Redaction redaction;
    private final OutputTail output;
    private final Thread hook = new Thread(this::end, "opencode4j-server-end");
    private final AtomicBoolean closed = new AtomicBoolean();
    private final EndNotifier end = new EndNotifier();

    private ServerProcess(Process process, int port, String password, Redaction redaction, OutputTail output) {
        this.process = process;
        this.port = port;
        this.password = password;
        this.redaction = redaction;
        this.output = output;
    }

    /**
     * Starts one on 127.0.0.1; it is not ready yet.
     *
     * @throws ConnectionException if the program can't be started
     */
    public static ServerProcess start(LaunchPlan plan, int port, String password) {
        CompletableFuture<Process> started = new CompletableFuture<>();
        OutputTail output = new OutputTail();
        // This thread starts the process and lives as long: the guard against our death watches the thread. It is
        // a platform thread for the same reason.
        Thread keeper = new Thread(() -> keep(plan, port, password, started, output), "opencode4j-server-output");
        keeper.setDaemon(true);
        keeper.start();
        try {
            ServerProcess server = new ServerProcess(started.get(), port, password, plan.redaction(password), output);
            server.endWithTheProgram();
            server.process.onExit().thenRun(server::forgetHook);
            server.exited().thenAccept(server::tellEnd);
            return server;
        } catch (ExecutionException e) {
            throw new ConnectionException("'" + plan.binary() + "' can't be started", null, e.getCause());
        } catch (InterruptedException e) {
            started.thenAccept(process -> ProcessTree.end(process.toHandle(), Duration.ZERO));
            Thread.currentThread().interrupt();
            throw new InterruptedTurnException("interrupted while a server was started", null, e);
        }
    }

    private static void keep(
            LaunchPlan plan, int port, String password, CompletableFuture<Process> started, OutputTail output) {
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(plan.command(port)).redirectErrorStream(true);
            if (plan.directory() != null) builder.directory(plan.directory().toFile());
            Map<String, String> environment = builder.environment();
            plan.apply(environment, password);
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException | RuntimeException e) {
            started.completeExceptionally(e);
            return;
        }
        started.complete(process);
        output.drain(process.getInputStream());
        process.onExit().join();
    }

    /** From now on, has an end that nobody asked for logged as a warning. */
    public void warnOfItsEnd() {
        exited().thenAccept(code -> {
            if (!closed.get()) {
                LOG.log(Level.WARNING, "opencode serve ended by itself with {0}; its log ends:\n{1}", code, log());
            }
        });
    }

    /**
     * Has {@code listener} told once, in words and without secrets, when the process has ended, for whatever reason: at
     * once if it has, else on the thread that notices it. Running the result takes the wish back.
     */
    public Runnable onEnd(Consumer<String> listener) {
        return end.add(listener);
    }

    private void tellEnd(int code) {
        String cause = closed.get() ? "was ended by its own program" : "ended by itself";
        end.ended("the server process " + cause + " with exit code " + code + quotedLog());
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The port that it was told to listen on. */
    public int port() {
        return port;
    }

    /** The password that it was given. */
    public String password() {
        return password;
    }

    /** Its process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Completes with the exit code when it has ended, for whatever reason, and its log is whole. */
    public CompletableFuture<Integer> exited() {
        return process.onExit()
                .thenCompose(ended -> output.endWithin(LAST_WORDS).thenApply(log -> ended.exitValue()));
    }

    /** The end of what it wrote, without secrets. */
    public String log() {
        String text = redaction.apply(output.text()).strip();
        return text.length() <= QUOTED ? text : "..." + text.substring(text.length() - QUOTED);
    }

    /** The end of what it wrote as the end of a sentence. */
    public String quotedLog() {
        String log = log();
        return log.isEmpty() ? "; it wrote nothing" : "; its log ends:\n" + log;
    }

    /** Ends it and all that it started: asks, and kills after five seconds. Does nothing the second time. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            forgetHook();
            ProcessTree.end(handle(), GRACE);
        }
    }

    private void end() {
        if (closed.compareAndSet(false, true)) ProcessTree.end(handle(), GRACE);
    }

    private void endWithTheProgram() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            end();
            throw new ConnectionException("this program is ending", null, shuttingDown);
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // Then the hook runs, and finds the work done.
        }
    }

    /** The process and its address. */
    @Override
    public String toString() {
        return "ServerProcess[" + process.pid() + ", " + url() + ']';
    }
}
