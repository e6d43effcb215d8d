package dev.opencode4j.server.internal.launch;

import dev.opencode4j.core.part.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is started, and with what.
 *
 * @param binary the program
 * @param config the configuration, or null
 * @param home a home directory of its own, or null
 * @param directory the working directory, or null
 * @param additions what the environment has beside this process's own
 */
public record LaunchPlan(
        Path binary,
        @Nullable Json config,
        @Nullable Path home,
        @Nullable Path directory,
        Map<String, String> additions) {

    /** The user whose password is made. */
    public static final String USER = "opencode";

    /** Keeps a copy. */
    public LaunchPlan {
        additions = Map.copyOf(additions);
    }

    /** The command and its arguments; no secret is among them. */
    List<String> command(int port) {
        List<String> command = new ArrayList<>(DeathGuard.prefix());
        command.addAll(
                List.of(binary.toString(), "serve", "--hostname", "127.0.0.1", "--port", Integer.toString(port)));
        return command;
    }

    /** Changes an environment to the server's. */
    void apply(Map<String, String> environment, String password) {
        new OwnHome(home).apply(environment);
        environment.putAll(additions);
        if (config != null) environment.put("OPENCODE_CONFIG_CONTENT", config.text());
        environment.put("OPENCODE_SERVER_USERNAME", USER);
        environment.put("OPENCODE_SERVER_PASSWORD", password);
    }

    Redaction redaction(String password) {
        return new Redaction(password, additions, config);
    }

    /** The program alone. */
    @Override
    public String toString() {
        return "LaunchPlan[" + binary + ']';
    }
}
