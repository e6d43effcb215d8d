package dev.opencode4j.server;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.work.TurnSlot;
import dev.opencode4j.server.internal.turn.HttpUpstream;
import dev.opencode4j.server.internal.turn.Opening;
import dev.opencode4j.server.internal.turn.ServerLink;
import dev.opencode4j.server.internal.turn.ServerTurn;
import dev.opencode4j.server.model.Session;
import java.util.Optional;
import java.util.function.Consumer;

/** A session of a server, one turn at a time. */
final class ServerSession implements AgentSession {

    private final Session known;
    private final SessionOptions options;
    private final ServerLink link;
    private final Consumer<ServerSession> onClose;
    private final TurnSlot slot;

    ServerSession(Session session, SessionOptions options, ServerLink link, Consumer<ServerSession> onClose) {
        this.known = session;
        this.options = options;
        this.link = link;
        this.onClose = onClose;
        this.slot = new TurnSlot(session.id());
    }

    @Override
    public String id() {
        return known.id();
    }

    @Override
    public Turn start(Prompt prompt) {
        return begin(Opening.send(withDefaults(prompt)));
    }

    @Override
    public Optional<Turn> rejoin() {
        return HttpUpstream.of(link, known).lastPrompt().map(id -> begin(Opening.join(id)));
    }

    private Turn begin(Opening opening) {
        return slot.start(free -> ServerTurn.start(
                id(),
                options,
                HttpUpstream.of(link, known),
                link.ticker(),
                new ServerTurn.Surroundings(opening, link.executor(), link.turns(), free)));
    }

    /** The session's agent and model go with each prompt: before 1.16 a session can't hold them. */
    private Prompt withDefaults(Prompt prompt) {
        Prompt.Builder complete = prompt.toBuilder();
        String agent = options.agent();
        Model model = options.model();
        if (prompt.agent() == null && agent != null) complete.agent(agent);
        if (prompt.model() == null && model != null) complete.model(model);
        return complete.build();
    }

    @Override
    public void interrupt() {
        slot.interrupt();
    }

    @Override
    public void close() {
        onClose.accept(this);
        slot.close();
    }

    @Override
    public String toString() {
        return "AgentSession[" + id() + ']';
    }
}
