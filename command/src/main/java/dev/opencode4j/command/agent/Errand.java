package dev.opencode4j.command.agent;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.prompt.Model;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all commands that prompt: by which way, which model and agent, where, how long. */
public final class Errand {

    @Option(
            names = "--via",
            paramLabel = "server|cli|zen",
            defaultValue = "server",
            description = "By which way: a server, a process for each turn, or a bare model; by default server.")
    private Via via = Via.SERVER;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "PROVIDER/MODEL",
            converter = ModelText.class,
            description = "The model; by default the agent's own.")
    private @Nullable Model model;

    @Option(names = "--agent", paramLabel = "NAME", description = "OpenCode's agent, such as build or plan.")
    private @Nullable String agent;

    @Option(
            names = {"-C", "--dir"},
            paramLabel = "DIR",
            description = "The directory to work in, on the server's machine.")
    private @Nullable Path directory;

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "DURATION",
            converter = DurationText.class,
            defaultValue = "10m",
            description = "How long a turn may take, such as 90s, 10m or 1h30m; 10m by default.")
    private Duration timeout = Timeouts.DEFAULT.turn();

    /** By which way. */
    public Via via() {
        return via;
    }

    /** The directory to work in, absolute; null for the agent's own choice. */
    public @Nullable Path directory() {
        return directory == null ? null : directory.toAbsolutePath().normalize();
    }

    /** Session options that say what these say. */
    public SessionOptions.Builder session() {
        SessionOptions.Builder options = SessionOptions.builder().timeouts(Timeouts.DEFAULT.withTurn(timeout));
        if (model != null) options.model(model);
        if (agent != null) options.agent(agent);
        return options;
    }
}
