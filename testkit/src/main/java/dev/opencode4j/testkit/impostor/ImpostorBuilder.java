package dev.opencode4j.testkit.impostor;

import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an {@link Impostor} is to be. */
public final class ImpostorBuilder {

    private String version = OpenCodeVersion.latest().number();
    private int port;
    private String username = "opencode";
    private @Nullable String password;
    private Duration heartbeat = Duration.ofSeconds(10);
    private String directory = "/workspace/project";
    private final Set<String> agents = new LinkedHashSet<>(List.of("build", "plan", "general", "explore"));
    private final Set<String> models = new LinkedHashSet<>(List.of("scripted/scripted"));

    ImpostorBuilder() {}

    /**
     * The version to be, the newest certified one by default. Known differences begin with 1.15 and with 1.18; a version
     * between them is like the one that was recorded before it: 1.2.27, 1.15.13 or 1.18.33.
     */
    public ImpostorBuilder version(String other) {
        version = other;
        return this;
    }

    /** The port to listen on, always on loopback; by default one that is free. */
    public ImpostorBuilder port(int other) {
        port = other;
        return this;
    }

    /** Demands basic authentication with this password. */
    public ImpostorBuilder password(String demanded) {
        password = demanded;
        return this;
    }

    /** The user name that goes with the password, {@code opencode} by default. */
    public ImpostorBuilder username(String demanded) {
        username = demanded;
        return this;
    }

    /** How often a heartbeat is sent, every 10 seconds by default. */
    public ImpostorBuilder heartbeat(Duration interval) {
        heartbeat = interval;
        return this;
    }

    /** The directory that requests are about which name none, {@code /workspace/project} by default. */
    public ImpostorBuilder directory(String path) {
        directory = path;
        return this;
    }

    /** Knows one more agent than {@code build}, {@code plan}, {@code general} and {@code explore}. */
    public ImpostorBuilder agent(String name) {
        agents.add(name);
        return this;
    }

    /** Knows one more model than the default, {@code scripted/scripted}. */
    public ImpostorBuilder model(String providerId, String modelId) {
        models.add(providerId + "/" + modelId);
        return this;
    }

    /**
     * Starts it; it listens when this returns.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public Impostor start() {
        String authorization = null;
        if (password != null) {
            byte[] credentials = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            authorization = "Basic " + Base64.getEncoder().encodeToString(credentials);
        }
        return new Impostor(new Settings(
                ServerVersion.of(version),
                port,
                authorization,
                heartbeat,
                directory,
                new LinkedHashSet<>(agents),
                new LinkedHashSet<>(models)));
    }
}
