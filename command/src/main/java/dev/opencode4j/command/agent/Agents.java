package dev.opencode4j.command.agent;

import dev.opencode4j.cli.OpenCodeCli;
import dev.opencode4j.cli.OpenCodeCliBuilder;
import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.command.terminal.Standard;
import dev.opencode4j.core.Agent;
import dev.opencode4j.zen.Zen;
import dev.opencode4j.zen.ZenBuilder;
import dev.opencode4j.zen.ZenProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the agents for those who do not care by which way. The one place that knows them all. */
public final class Agents {

    private static final String ZEN_URL = "OPENAI_BASE_URL";
    private static final String ZEN_KEY = "OPENAI_API_KEY";

    private final Caller caller;
    private final Upstreams upstreams;

    /** Agents that {@code upstreams} finds. */
    public Agents(Caller caller, Upstreams upstreams) {
        this.caller = caller;
        this.upstreams = upstreams;
    }

    /**
     * Finds an agent.
     *
     * @param directory where it works, or null for its own choice
     * @throws NoOpenCodeException if there is none to open
     */
    public Source<? extends Agent> find(Via via, @Nullable Path directory) {
        return switch (via) {
            case SERVER -> upstreams.findReal(directory);
            case CLI -> commandLine(directory);
            case ZEN -> zen();
        };
    }

    /** Opens an agent, says which, and closes it when {@code work} is done with it. Throws what {@link #find} throws. */
    public <T> T with(Via via, @Nullable Path directory, Function<Agent, T> work) {
        Source<? extends Agent> source = find(via, directory);
        announce(source);
        try (Upstream<?> opened = source.open()) {
            return work.apply(opened.agent());
        }
    }

    /** Says which it is. */
    public void announce(Source<?> source) {
        caller.err().line(caller.style(Standard.ERROR).dim(source.announcement()));
    }

    private Source<OpenCodeCli> commandLine(@Nullable Path directory) {
        Path binary = upstreams.binary();
        return new Source<>(binary + ", run for each turn", "--via server launches it once for all", () -> {
            OpenCodeCliBuilder builder = OpenCodeCli.builder().binary(binary);
            if (directory != null) builder.directory(directory);
            return new Upstream<>(builder.build(), () -> {});
        });
    }

    private Source<Zen> zen() {
        String url = caller.variable(ZEN_URL);
        if (url == null) {
            return new Source<>(
                    "OpenCode Zen or Go, by the key that was found",
                    ZEN_URL + " names another endpoint",
                    () -> new Upstream<>(Zen.fromEnv(), () -> {}));
        }
        ZenBuilder builder = Zen.builder().provider(ZenProvider.at(URI.create(url)));
        String key = caller.variable(ZEN_KEY);
        if (key != null) builder.apiKey(key);
        Zen zen = builder.build(); // It refuses a URL with a password in it.
        return new Source<>(
                "the model at " + Upstreams.withoutQuery(url) + " (" + ZEN_URL + ")",
                "unset that for OpenCode Zen",
                () -> new Upstream<>(zen, () -> {}));
    }
}
