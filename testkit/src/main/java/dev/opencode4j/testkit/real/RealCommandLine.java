package dev.opencode4j.testkit.real;

import dev.opencode4j.server.internal.launch.Folders;
import dev.opencode4j.testkit.model.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a real {@code opencode} on the command line needs to talk to a {@link ScriptedModel} and to nobody else: a HOME and
 * an empty working directory of its own, an environment, a configuration. It starts nothing by itself.
 *
 * <p>{@link #close()} kills what runs with this HOME and deletes the folders. Thread-safe.
 */
public final class RealCommandLine implements AutoCloseable {

    private final OpenCodeBinary binary;
    private final Surroundings surroundings;
    private final String config;

    private RealCommandLine(OpenCodeBinary binary, Surroundings surroundings, String config) {
        this.binary = binary;
        this.surroundings = surroundings;
        this.config = config;
    }

    /**
     * Folders for a version; {@code bash} asks, {@code edit} is allowed, {@code webfetch} denied. The model is used, not
     * owned.
     *
     * @throws ProvisionException if the version is not there and cannot be installed
     */
    public static RealCommandLine create(OpenCodeVersion version, ScriptedModel model) {
        OpenCodeBinary binary = OpenCodeBinary.provision(version);
        Map<String, String> permissions = Map.of("bash", "ask", "edit", "allow", "webfetch", "deny");
        String config = ServerConfig.json(model.baseUri(), permissions);
        try {
            return new RealCommandLine(binary, Surroundings.create(version), config);
        } catch (IOException e) {
            throw new UncheckedIOException("No folders for OpenCode " + version, e);
        }
    }

    /** The program. */
    public Path binary() {
        return binary.path();
    }

    /** Its HOME. */
    public Path home() {
        return surroundings.home();
    }

    /** Its working directory, empty at the start. */
    public Path directory() {
        return surroundings.directory();
    }

    /** The environment in which it sees nothing else and asks nobody on the network. */
    public Map<String, String> environment() {
        return surroundings.environment();
    }

    /** OpenCode's configuration, as JSON. */
    public String config() {
        return config;
    }

    /** The processes with this HOME that are alive; found on Linux only. */
    public List<ProcessHandle> processes() {
        return ProcessTree.withHome(home()).toList();
    }

    /** Kills what runs with this HOME and deletes the folders. */
    @Override
    public void close() {
        processes().forEach(ProcessHandle::destroyForcibly);
        try {
            Folders.delete(surroundings.root());
        } catch (IOException e) {
            throw new UncheckedIOException("The folders of " + this + " cannot be deleted", e);
        }
    }

    /** Shows the version. */
    @Override
    public String toString() {
        return "RealCommandLine[" + binary.version() + "]";
    }
}
