package dev.opencode4j.server;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.server.internal.launch.Executable;
import dev.opencode4j.server.internal.launch.LaunchPlan;
import dev.opencode4j.server.internal.launch.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts OpenCode servers on this machine: on 127.0.0.1, a port of their own and a password that nobody else knows. Not
 * for use by several threads.
 */
public final class ServerLauncher {

    private static final int ATTEMPTS = 3;
    private static final int PASSWORD_BYTES = 24;

    private @Nullable Path binary;
    private @Nullable Json config;
    private @Nullable Path home;
    private @Nullable Path directory;
    private final Map<String, String> additions = new LinkedHashMap<>();
    private Duration readyWithin = Duration.ofSeconds(60);

    private ServerLauncher() {}

    /** Starts with the machine's OpenCode and the user's own configuration. */
    public static ServerLauncher create() {
        return new ServerLauncher();
    }

    /**
     * Looks for the machine's OpenCode, where {@link #binary} says, and starts nothing.
     *
     * @throws ConnectionException if {@code OPENCODE_BIN} is set and names no executable file
     */
    public static Optional<Path> find() {
        return Executable.findOpenCode(System.getenv());
    }

    /**
     * The program to start. By default the one that {@code OPENCODE_BIN} names, else the one on the {@code PATH}, else
     * one where OpenCode is commonly installed.
     *
     * @throws IllegalArgumentException if it is no executable file
     */
    public ServerLauncher binary(Path value) {
        if (!Files.isRegularFile(value) || !Files.isExecutable(value)) {
            throw new IllegalArgumentException("binary: must be an executable file, was " + value);
        }
        binary = value.toAbsolutePath();
        return this;
    }

    /** Configuration on top of what the server finds in its files. Handed over in the environment, not on disk. */
    public ServerLauncher config(Json value) {
        config = value;
        return this;
    }

    /**
     * A home directory of its own: its sessions, settings and logins live there, and those of the user do not count.
     *
     * @throws IllegalArgumentException if it is no directory
     */
    public ServerLauncher home(Path value) {
        home = requireDirectory(value, "home");
        return this;
    }

    /**
     * The directory it works in; by default this process's.
     *
     * @throws IllegalArgumentException if it is no directory
     */
    public ServerLauncher directory(Path value) {
        directory = requireDirectory(value, "directory");
        return this;
    }

    /** An environment variable beside this process's own, such as a provider's key. */
    public ServerLauncher environment(String name, String value) {
        if (name.isBlank() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("name: must be the name of an environment variable");
        }
        additions.put(name, value);
        return this;
    }

    /** How long it may take until the server answers; 60 seconds by default. The first start of a new home is slow. */
    public ServerLauncher readyWithin(Duration value) {
        readyWithin = Arguments.positive(value, "readyWithin");
        return this;
    }

    /**
     * Starts a server and waits until it answers. Costs a process and a second or two.
     *
     * @throws ConnectionException if there is no OpenCode to start, or it does not answer in time
     * @throws dev.opencode4j.core.error.ServerException if it ends before it answers; the message quotes its log's end
     * @throws dev.opencode4j.core.error.InterruptedTurnException if the thread is interrupted
     */
    public LaunchedServer start() {
        Path program = binary == null ? Executable.openCode(System.getenv()) : binary;
        LaunchPlan plan = new LaunchPlan(program, config, home, directory, additions);
        for (int attempt = 1; ; attempt++) {
            ServerProcess process = ServerProcess.start(plan, freePort(), newPassword());
            try {
                Readiness.await(process, readyWithin);
                process.warnOfItsEnd();
                return new LaunchedServer(process);
            } catch (PortTakenException e) {
                process.close();
                if (attempt == ATTEMPTS) throw e.asFailure();
            } catch (RuntimeException e) {
                process.close();
                throw e;
            }
        }
    }

    /** Not port 0: OpenCode takes 4096 then if that is free, where anybody may expect another server. */
    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new ConnectionException("this machine has no free port", null, e);
        }
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Path requireDirectory(Path value, String argument) {
        if (!Files.isDirectory(value)) {
            throw new IllegalArgumentException(argument + ": must be a directory, was " + value);
        }
        return value.toAbsolutePath();
    }
}
