package dev.opencode4j.command.sessions;

import dev.opencode4j.command.agent.Upstream;
import dev.opencode4j.command.agent.Upstreams;
import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.server.OpenCodeServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes a session for good. */
@Command(name = "delete", description = "Delete a session and its messages for good.")
final class DeleteCommand implements Callable<Integer> {

    @Mixin
    private Where where = new Where();

    @Parameters(paramLabel = "ID", description = "The session's id.")
    private String id = "";

    private final Caller caller;
    private final Upstreams upstreams;

    DeleteCommand(Caller caller, Upstreams upstreams) {
        this.caller = caller;
        this.upstreams = upstreams;
    }

    @Override
    public Integer call() {
        try (Upstream<OpenCodeServer> upstream = where.open(upstreams)) {
            // 1.2.27 says nothing when it deletes what is not there; reading it does.
            upstream.agent().client().sessions().get(id);
            upstream.agent().client().sessions().delete(id);
            caller.err().line("Deleted " + id + '.');
            return 0;
        }
    }
}
