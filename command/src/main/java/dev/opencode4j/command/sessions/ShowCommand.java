package dev.opencode4j.command.sessions;

import dev.opencode4j.command.agent.Upstream;
import dev.opencode4j.command.agent.Upstreams;
import dev.opencode4j.command.json.EventJson;
import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.command.terminal.Plain;
import dev.opencode4j.command.terminal.Standard;
import dev.opencode4j.command.terminal.Style;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a session and what was said in it. */
@Command(name = "show", description = "Show a session and what was said in it.")
final class ShowCommand implements Callable<Integer> {

    private static final int WIDTH = 100;

    @Mixin
    private Where where = new Where();

    @Parameters(paramLabel = "ID", description = "The session's id.")
    private String id = "";

    @Option(names = "--json", description = "Print one JSON object with the session and its messages.")
    private boolean json;

    private final Caller caller;
    private final Upstreams upstreams;

    ShowCommand(Caller caller, Upstreams upstreams) {
        this.caller = caller;
        this.upstreams = upstreams;
    }

    @Override
    public Integer call() {
        try (Upstream<OpenCodeServer> upstream = where.open(upstreams)) {
            OpenCodeClient client = upstream.agent().client();
            Session session = client.sessions().get(id);
            List<Message> messages = client.messages().list(id);
            if (json) {
                caller.out().line(new EventJson().value(Map.of("session", session.raw(), "messages", messages)));
            } else {
                show(session, messages);
            }
            return 0;
        }
    }

    private void show(Session session, List<Message> messages) {
        Style style = caller.style(Standard.OUTPUT);
        StringBuilder text = new StringBuilder();
        text.append(session.id())
                .append("  ")
                .append(Plain.line(session.title(), WIDTH))
                .append('\n');
        text.append(
                style.dim("in " + Plain.line(session.directory(), WIDTH) + ", changed " + Time.of(session.updated())));
        text.append('\n');
        for (Message message : messages) {
            String who = message.info().role() + ", " + Time.of(message.info().created());
            text.append('\n').append(style.dim(who)).append('\n');
            for (ToolPart tool : message.asReply().tools()) {
                text.append("⚙ ").append(Plain.line(tool.tool(), WIDTH)).append("  ");
                text.append(Plain.line(tool.status().name(), WIDTH)).append('\n');
            }
            if (!message.text().isBlank())
                text.append(Plain.text(message.text()).strip()).append('\n');
            if (message.info().error() != null) {
                text.append(style.bad("✗ " + Plain.text(message.info().error().reason())))
                        .append('\n');
            }
        }
        caller.out().print(text.toString());
    }
}
