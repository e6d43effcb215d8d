package dev.opencode4j.command.agent;

import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.command.terminal.Standard;
import dev.opencode4j.core.Agent;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the agents for those who do not care by which way. The one place that knows them all. */
public final class Agents {

    private final Caller caller;
    private final Upstreams upstreams;

    /** Agents that {@code upstreams} finds. */
    public Agents(Caller caller, Upstreams upstreams) {
        this.caller = caller;
        this.upstreams = upstreams;
    }

    /**
     * Opens an agent, says which, and closes it when {@code work} is done with it.
     *
     * @param directory where it works, or null for its own choice
     * @throws NoOpenCodeException if there is none to open
     */
    public <T> T with(Via via, @Nullable Path directory, Function<Agent, T> work) {
        return switch (via) {
            case SERVER -> {
                Source source = upstreams.findReal(directory);
                announce(source.announcement());
                try (Upstream opened = source.open()) {
                    yield work.apply(opened.agent());
                }
            }
        };
    }

    private void announce(String which) {
        caller.err().line(caller.style(Standard.ERROR).dim(which));
    }
}
