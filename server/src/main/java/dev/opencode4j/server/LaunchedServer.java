package dev.opencode4j.server;

import dev.opencode4j.server.internal.launch.LaunchPlan;
import dev.opencode4j.server.internal.launch.ServerProcess;
import java.net.URI;
import java.util.concurrent.CompletionStage;

/**
 * A server that this program started. It ends when it is closed or the program ends; on Linux, with {@code setpriv}
 * installed, it is ended even when the program is killed outright. Elsewhere it goes on then. Thread-safe.
 */
public final class LaunchedServer implements AutoCloseable {

    private final ServerProcess process;

    LaunchedServer(ServerProcess process) {
        this.process = process;
    }

    /** Its address. */
    public URI url() {
        return process.url();
    }

    /**
     * Starts a client with its address and password, which knows the process: when that ends, closed or by itself, all
     * turns and requests of the client fail within about a second, and later ones at once, with {@link
     * dev.opencode4j.core.error.ConnectionException}s that tell the exit code and the log's end.
     */
    public ClientBuilder client() {
        return OpenCodeClient.builder()
                .baseUrl(url().toString())
                .username(LaunchPlan.USER)
                .password(process.password())
                .launched(process);
    }

    /** Its process. */
    public ProcessHandle process() {
        return process.handle();
    }

    /** Completes with the exit code when the server ends, closed or by itself; the latter is logged as a warning. */
    public CompletionStage<Integer> exited() {
        return process.exited();
    }

    /** The end of what it wrote, without its password and without what its configuration calls keys or tokens. */
    public String log() {
        return process.log();
    }

    /**
     * Ends the server and every command that it runs: asks, and kills what is left after five seconds. Blocks until
     * then. Does nothing the second time.
     */
    @Override
    public void close() {
        process.close();
    }

    /** The process and the address. */
    @Override
    public String toString() {
        return "LaunchedServer[" + process.handle().pid() + ", " + url() + ']';
    }
}
