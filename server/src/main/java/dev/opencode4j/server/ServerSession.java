package dev.opencode4j.server;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.internal.turn.HttpUpstream;
import dev.opencode4j.server.internal.turn.ServerLink;
import dev.opencode4j.server.internal.turn.ServerTurn;
import dev.opencode4j.server.model.Session;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session of a server, one turn at a time. */
final class ServerSession implements AgentSession {

    /** Stands for a turn that is about to start. */
    private static final Object STARTING = new Object();

    private final Session known;
    private final SessionOptions options;
    private final ServerLink link;
    private final Consumer<ServerSession> onClose;
    private final AtomicReference<@Nullable Object> current = new AtomicReference<>();
    private volatile boolean closed;

    ServerSession(Session session, SessionOptions options, ServerLink link, Consumer<ServerSession> onClose) {
        this.known = session;
        this.options = options;
        this.link = link;
        this.onClose = onClose;
    }

    @Override
    public String id() {
        return known.id();
    }

    @Override
    public Turn start(Prompt prompt) {
        if (closed) throw new IllegalStateException("session " + id() + " is closed");
        if (!current.compareAndSet(null, STARTING)) {
            throw new IllegalStateException("a turn of session " + id() + " is in progress");
        }
        ServerTurn turn;
        try {
            turn = begin(withDefaults(prompt));
        } catch (RuntimeException e) {
            current.set(null);
            throw e;
        }
        current.compareAndSet(STARTING, turn);
        if (closed) turn.interrupt();
        return turn;
    }

    private ServerTurn begin(Prompt prompt) {
        return ServerTurn.start(
                id(),
                options,
                HttpUpstream.of(link, known),
                link.ticker(),
                new ServerTurn.Surroundings(prompt, link.executor(), () -> current.set(null)));
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
        if (current.get() instanceof Turn turn) turn.interrupt();
    }

    @Override
    public void close() {
        closed = true;
        onClose.accept(this);
        if (current.get() instanceof Turn turn) turn.close();
    }

    @Override
    public String toString() {
        return "AgentSession[" + id() + ']';
    }
}
