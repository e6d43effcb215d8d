package dev.opencode4j.cli;

import dev.opencode4j.cli.internal.config.CliSettings;
import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.core.work.RetryPolicy;
import dev.opencode4j.server.internal.launch.Executable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Configures an {@link OpenCodeCli}. What is set here reaches OpenCode through its environment, over the configuration
 * files that it finds; no secret is ever in a file or an argument. Not for use by several threads.
 */
public final class OpenCodeCliBuilder {

    private final Map<String, CustomProvider> providers = new LinkedHashMap<>();
    private final Map<String, McpServer> servers = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Json config = Json.EMPTY;
    private @Nullable Json permission;
    private @Nullable Path binary;
    private @Nullable Path directory;
    private @Nullable Path home;
    private @Nullable String system;
    private RetryPolicy retry = RetryPolicy.NONE;
    private @Nullable Path transcripts;
    private Instrumentation instrumentation = Instrumentation.none();

    OpenCodeCliBuilder() {}

    /** The program, instead of the one that is found. */
    public OpenCodeCliBuilder binary(Path value) {
        binary = Objects.requireNonNull(value, "binary").toAbsolutePath();
        return this;
    }

    /** The directory in which the agent works; this program's own unless set. */
    public OpenCodeCliBuilder directory(Path value) {
        directory = Objects.requireNonNull(value, "directory").toAbsolutePath();
        return this;
    }

    /**
     * A home of its own, where OpenCode keeps its sessions and credentials and finds its configuration, so that nothing
     * of the user's own is used or seen.
     */
    public OpenCodeCliBuilder home(Path value) {
        home = Objects.requireNonNull(value, "home").toAbsolutePath();
        return this;
    }

    /** The system prompt of the agent that is asked for, or else of one that is made for it. A prompt's own wins. */
    public OpenCodeCliBuilder system(String value) {
        system = Arguments.text(value, "system");
        return this;
    }

    /** Adds a provider of models. */
    public OpenCodeCliBuilder provider(CustomProvider value) {
        providers.put(value.id(), value);
        return this;
    }

    /** What the agent may do, as OpenCode's configuration says it: {@code allow}, {@code ask}, {@code deny}. */
    public OpenCodeCliBuilder permission(Map<String, ?> value) {
        return permission(Json.of(value));
    }

    /** What the agent may do, as OpenCode's configuration says it; the order of its members counts. */
    public OpenCodeCliBuilder permission(Json value) {
        JsonNode node = value.node();
        if (!node.isObject() && !node.isString()) {
            throw new IllegalArgumentException("permission: must be a JSON object or one of allow, ask and deny");
        }
        permission = value;
        return this;
    }

    /** Adds a server of tools. */
    public OpenCodeCliBuilder mcp(McpServer value) {
        servers.put(value.name(), value);
        return this;
    }

    /**
     * More of OpenCode's configuration. What other methods set wins.
     *
     * @throws IllegalArgumentException if it is no JSON object
     */
    public OpenCodeCliBuilder config(Json value) {
        if (!value.node().isObject()) throw new IllegalArgumentException("config: must be a JSON object");
        config = value;
        return this;
    }

    /** A variable that OpenCode has beside those of this process: a provider's key, for instance. */
    public OpenCodeCliBuilder environment(String name, String value) {
        environment.put(Arguments.text(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * How often a run that failed is repeated: not at all unless this is {@link RetryPolicy#rerun}, for a run may have had
     * effects. Runs of one turn share its session. A refusal for good (credentials, an empty account, a bad argument, an
     * answer that is too long) is never repeated.
     */
    public OpenCodeCliBuilder retry(RetryPolicy value) {
        retry = Objects.requireNonNull(value, "retry");
        return this;
    }

    /** A folder for a record of every run, each in a file of its own. It is made when it is needed. */
    public OpenCodeCliBuilder transcripts(Path folder) {
        transcripts = Objects.requireNonNull(folder, "folder").toAbsolutePath();
        return this;
    }

    /**
     * Who is told of every run: {@code opencode.run} with {@code attempt}, and {@code opencode.command} with {@code
     * command} around every other process.
     */
    public OpenCodeCliBuilder instrumentation(Instrumentation value) {
        instrumentation = value.isolated();
        return this;
    }

    /**
     * The agent. Starts nothing.
     *
     * @throws dev.opencode4j.core.error.ConnectionException if no program was named and none is found
     */
    public OpenCodeCli build() {
        Path program = binary == null ? Executable.openCode(System.getenv()) : binary;
        return new OpenCodeCli(new CliSettings(
                program, directory, home, system, wholeConfig(), environment, retry, transcripts, instrumentation));
    }

    private Json wholeConfig() {
        ObjectNode all = (ObjectNode) config.node();
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (!providers.isEmpty()) {
            ObjectNode node = all.path("provider") instanceof ObjectNode known ? known : nodes.objectNode();
            providers.forEach((id, provider) -> node.set(id, provider.toJson().node()));
            all.set("provider", node);
        }
        if (!servers.isEmpty()) {
            ObjectNode node = all.path("mcp") instanceof ObjectNode known ? known : nodes.objectNode();
            servers.forEach((name, server) -> node.set(name, server.toJson().node()));
            all.set("mcp", node);
        }
        if (permission != null) all.set("permission", permission.node());
        return Json.of(all);
    }
}
