package dev.opencode4j.command.sessions;

import dev.opencode4j.command.agent.Upstream;
import dev.opencode4j.command.agent.Upstreams;
import dev.opencode4j.command.json.EventJson;
import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.server.model.Session;
import dev.opencode4j.server.model.SessionQuery;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists sessions, those that changed last first. */
@Command(name = "list", description = "List sessions, those that changed last first.")
final class ListCommand implements Callable<Integer> {

    @Mixin
    private Where where = new Where();

    @Option(names = "--limit", paramLabel = "N", description = "How many at most; 20 by default.")
    private int limit = 20;

    @Option(names = "--json", description = "Print each session as the server tells of it, one a line.")
    private boolean json;

    private final Caller caller;
    private final Upstreams upstreams;

    ListCommand(Caller caller, Upstreams upstreams) {
        this.caller = caller;
        this.upstreams = upstreams;
    }

    @Override
    public Integer call() {
        SessionQuery query = SessionQuery.ALL.withLimit(limit);
        try (Upstream<OpenCodeServer> upstream = where.open(upstreams)) {
            List<Session> sessions = upstream.agent().client().sessions().list(query);
            if (json) {
                EventJson lines = new EventJson();
                sessions.forEach(session -> caller.out().line(lines.value(session.raw())));
            } else if (sessions.isEmpty()) {
                caller.err().line("No sessions.");
            } else {
                Table table = Table.of("ID", "CHANGED", "TITLE");
                sessions.forEach(session -> table.row(session.id(), Time.of(session.updated()), session.title()));
                caller.out().print(table.text());
            }
            return 0;
        }
    }
}
