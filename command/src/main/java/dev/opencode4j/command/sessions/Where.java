package dev.opencode4j.command.sessions;

import dev.opencode4j.command.agent.Upstream;
import dev.opencode4j.command.agent.Upstreams;
import dev.opencode4j.server.OpenCodeServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server's sessions, and what else the commands have in common. */
final class Where {

    @Option(
            names = {"-C", "--dir"},
            paramLabel = "DIR",
            description = "The directory whose sessions are meant; by default this one, or the server's.")
    private @Nullable Path directory;

    Upstream<OpenCodeServer> open(Upstreams upstreams) {
        Path absolute = directory == null ? null : directory.toAbsolutePath().normalize();
        return upstreams.findReal(absolute).open();
    }
}
