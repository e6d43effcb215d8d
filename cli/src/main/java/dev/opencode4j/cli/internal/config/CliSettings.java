package dev.opencode4j.cli.internal.config;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.core.work.RetryPolicy;
import dev.opencode4j.server.internal.launch.OwnHome;
import dev.opencode4j.server.internal.launch.Redaction;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all turns of an agent have in common.
 *
 * @param binary the program
 * @param directory where it works, or null for this process's own directory
 * @param home a home of its own, or null
 * @param system the system prompt, or null
 * @param config OpenCode's configuration: the caller's, with providers, servers of tools and permissions
 * @param additions what the environment has beside this process's own
 * @param retry how often a run that failed is repeated
 * @param transcripts where records of runs go, or null
 * @param instrumentation told of every command
 */
public record CliSettings(
        Path binary,
        @Nullable Path directory,
        @Nullable Path home,
        @Nullable String system,
        Json config,
        Map<String, String> additions,
        RetryPolicy retry,
        @Nullable Path transcripts,
        Instrumentation instrumentation) {

    /** The variable through which a configuration is handed over, so that it is never in a file. */
    static final String CONFIG = "OPENCODE_CONFIG_CONTENT";

    /** Keeps a copy. */
    public CliSettings {
        additions = Map.copyOf(additions);
    }

    /** The environment of a command with this configuration. */
    public Map<String, String> environment(Json configuration) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        new OwnHome(home).apply(environment);
        environment.putAll(additions);
        environment.put(CONFIG, configuration.text());
        return environment;
    }

    /** The configuration that a command would have if there were none here; empty if there is none. */
    Json inherited() {
        String text = additions.getOrDefault(CONFIG, System.getenv().getOrDefault(CONFIG, ""));
        try {
            return text.isBlank() ? Json.EMPTY : Json.parse(text);
        } catch (IllegalArgumentException notJson) {
            return Json.EMPTY; // OpenCode allows comments there; such a text can't be joined with ours.
        }
    }

    /** Takes the secrets out of what a command said. */
    public Redaction redaction() {
        return new Redaction(additions, config);
    }

    /** The program alone: the rest holds secrets. */
    @Override
    public String toString() {
        return "CliSettings[" + binary + ']';
    }
}
