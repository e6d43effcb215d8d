package dev.opencode4j.testkit.real;

import dev.opencode4j.server.internal.launch.Folders;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.net.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real {@code opencode serve} that talks to a {@link ScriptedModel}.
 *
 * <p>It has a HOME and an empty working directory of its own, listens on loopback only, asks nobody on the network, and
 * wants a random password from user {@value #USER}. Starting takes one to two seconds and 250 to 350 MB of memory, the
 * first turn in a new directory another half second; the first use of a version on a machine installs it.
 *
 * <p>{@link #close()} ends every process of its tree and deletes its folders; the end of the JVM does so too, unless it
 * is killed with SIGKILL. Methods may be called from any thread; those that start or end the process exclude each
 * other.
 */
public final class RealOpenCode implements AutoCloseable {

    /** The user name of every server's HTTP Basic authentication. */
    public static final String USER = ServerProcess.USER;

    private static final int PORTS_TO_TRY = 3;

    private final OpenCodeBinary binary;
    private final Surroundings surroundings;
    private final String config;
    private final String password = randomPassword();
    private final Duration startTime;
    private final Object lifecycle = new Object();
    private volatile URI baseUri = onFreePort();
    private volatile @Nullable ServerProcess process;

    private RealOpenCode(Builder settings, OpenCodeBinary binary, Surroundings surroundings) {
        this.binary = binary;
        this.surroundings = surroundings;
        this.config = ServerConfig.json(settings.model.baseUri(), settings.permissions);
        this.startTime = settings.startTime;
    }

    /**
     * Starts a server with the usual permissions: {@code bash} asks, {@code edit} is allowed, {@code webfetch} denied.
     *
     * @throws ProvisionException if the version is not there and cannot be installed
     * @throws StartException if it does not become ready
     */
    public static RealOpenCode start(OpenCodeVersion version, ScriptedModel model) {
        return builder(version, model).start();
    }

    /** A server to be configured. The model is used, not owned: close it after the server. */
    public static Builder builder(OpenCodeVersion version, ScriptedModel model) {
        return new Builder(version, model);
    }

    /** Where it listens: {@code http://127.0.0.1:PORT}, the same after a restart. */
    public URI baseUri() {
        return baseUri;
    }

    /** The password that goes with {@link #USER}. */
    public String password() {
        return password;
    }

    /** Its working directory, empty at the start: the project of every session that names none. */
    public Path directory() {
        return surroundings.directory();
    }

    /** The version that it is. */
    public OpenCodeVersion version() {
        return binary.version();
    }

    /** All that it wrote to its standard output and error, over all restarts; without the password. */
    public String log() {
        try {
            return Files.readString(surroundings.log()).replace(password, "(hidden)");
        } catch (IOException e) {
            throw new UncheckedIOException("The log of " + this + " cannot be read", e);
        }
    }

    /** The processes of its tree that are alive, found by descent and, on Linux, by their HOME. */
    public List<ProcessHandle> processes() {
        ServerProcess current = process;
        return current == null ? List.of() : current.living();
    }

    /** Kills its whole tree with SIGKILL and returns when it is gone; does nothing if it is already. */
    public void kill() {
        synchronized (lifecycle) {
            if (process != null) {
                process.kill();
            }
        }
    }

    /**
     * Starts it again, with the same HOME, directory, port and password; kills it first if it runs.
     *
     * @throws StartException if it does not become ready
     */
    public void restart() {
        synchronized (lifecycle) {
            kill();
            run();
        }
    }

    /** Kills its whole tree and deletes its folders; does nothing the second time. */
    @Override
    public void close() {
        synchronized (lifecycle) {
            try {
                kill();
                Folders.delete(surroundings.root());
            } catch (IOException e) {
                throw new UncheckedIOException("The folders of " + this + " cannot be deleted", e);
            } finally {
                LiveServers.remove(this);
            }
        }
    }

    /** Shows version and address, not the password. */
    @Override
    public String toString() {
        return "RealOpenCode[" + version() + " at " + baseUri + "]";
    }

    private void startOnFreePort() {
        synchronized (lifecycle) {
            for (int tried = 1; ; tried++) {
                try {
                    run();
                    return;
                } catch (StartException e) {
                    boolean portWasTaken = String.valueOf(e.getMessage()).contains("port " + baseUri.getPort());
                    if (!portWasTaken || tried == PORTS_TO_TRY) {
                        throw e;
                    }
                    baseUri = onFreePort();
                }
            }
        }
    }

    private void run() {
        ServerProcess started = ServerProcess.start(binary, surroundings, config, baseUri, password);
        process = started;
        started.awaitReady(version(), startTime);
    }

    private static URI onFreePort() {
        return URI.create("http://127.0.0.1:" + FreePort.find());
    }

    private static String randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The settings of a server. */
    public static final class Builder {

        private final OpenCodeVersion version;
        private final ScriptedModel model;
        private final Map<String, String> permissions = new LinkedHashMap<>();
        private Duration startTime = Duration.ofSeconds(60);

        private Builder(OpenCodeVersion version, ScriptedModel model) {
            this.version = version;
            this.model = model;
            permission("bash", "ask").permission("edit", "allow").permission("webfetch", "deny");
        }

        /** What happens when a tool wants this permission: {@code allow}, {@code ask} or {@code deny}. */
        public Builder permission(String name, String action) {
            permissions.put(name, action);
            return this;
        }

        /** How long it may take until it answers; a minute unless set. */
        public Builder startTime(Duration atMost) {
            this.startTime = atMost;
            return this;
        }

        /**
         * Provisions the version, starts it and waits until it answers.
         *
         * @throws ProvisionException if the version is not there and cannot be installed
         * @throws StartException if it does not become ready
         */
        public RealOpenCode start() {
            OpenCodeBinary binary = OpenCodeBinary.provision(version);
            RealOpenCode server = new RealOpenCode(this, binary, surroundings());
            LiveServers.add(server);
            try {
                server.startOnFreePort();
                return server;
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
        }

        private Surroundings surroundings() {
            try {
                return Surroundings.create(version);
            } catch (IOException e) {
                throw new UncheckedIOException("No folders for OpenCode " + version, e);
            }
        }
    }
}
