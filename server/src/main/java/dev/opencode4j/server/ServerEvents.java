package dev.opencode4j.server;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.server.internal.http.Request;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.turn.ServerLink;
import dev.opencode4j.server.internal.v1.ServerRoutes;
import dev.opencode4j.server.internal.v1.SessionCodec;
import dev.opencode4j.server.internal.v1.SessionRoutes;
import dev.opencode4j.server.internal.v1.WireId;
import dev.opencode4j.server.model.Session;
import java.util.List;

/**
 * Watches what happens on a server, whoever prompts. All watches and turns of a client share one event stream; a watch
 * costs no connection. Immutable and thread-safe.
 *
 * <p>Every watch is closed by whoever opened it, or ends with the client.
 */
public final class ServerEvents {

    static final int DEFAULT_BUFFER = 16_384;

    private final Transport transport;
    private final ServerLink link;
    private final int buffer;

    ServerEvents(Transport transport, ServerLink link, int buffer) {
        this.transport = transport;
        this.link = link;
        this.buffer = buffer;
    }

    /** The same with room for so many events that wait for a watch's consumer; 16,384 by default, at least 16. */
    public ServerEvents withBuffer(int events) {
        if (events < 16) throw new IllegalArgumentException("events: must be at least 16, was " + events);
        return new ServerEvents(transport, link, events);
    }

    /**
     * Watches all directories of the server. Returns at once; on a server that has no such stream, and with a client that
     * is about a workspace, the watch ends with an {@code UnsupportedFeatureException}.
     */
    public EventWatch server() {
        EventWatch watch = watch(WatchedSessions.all());
        link.hub().observeServer(watch.observer());
        return watch;
    }

    /**
     * Watches all sessions of a directory, and what is told of the directory itself. Returns at once.
     *
     * @param path the directory as its sessions name it: absolute, with links followed and no slash at its end
     */
    public EventWatch directory(String path) {
        EventWatch watch = watch(WatchedSessions.all());
        link.hub().observeDirectory(Arguments.text(path, "path"), watch.observer());
        return watch;
    }

    /**
     * Watches a session, without its sub-agents. Makes a request, which finds out where the session is.
     *
     * @throws dev.opencode4j.core.error.SessionNotFoundException if there is no such session
     * @throws IllegalArgumentException if the session's id has the wrong form
     */
    public EventWatch session(String sessionId) {
        Session session = find(sessionId);
        return watchSession(session, WatchedSessions.one(session.id()));
    }

    /**
     * As {@link #session}, with its sub-agents and theirs: those to come, and those that are there when the stream gets
     * ready, which takes a request for each.
     */
    public EventWatch sessionWithSubAgents(String sessionId) {
        Session session = find(sessionId);
        String directory = session.directory();
        return watchSession(
                session,
                WatchedSessions.withSubAgents(session.id(), id -> read(directory, SessionRoutes.children(id))));
    }

    private Session find(String sessionId) {
        return transport.send(SessionRoutes.get(WireId.session(sessionId)), answer -> answer.read(SessionCodec::one));
    }

    private List<String> read(String directory, Request list) {
        List<Session> children =
                transport.send(ServerRoutes.in(directory, list), answer -> answer.read(SessionCodec::list));
        return children.stream().map(Session::id).toList();
    }

    private EventWatch watchSession(Session session, WatchedSessions sessions) {
        EventWatch watch = watch(sessions);
        link.hub().observeSession(session.directory(), session.id(), watch.observer());
        return watch;
    }

    private EventWatch watch(WatchedSessions sessions) {
        return new EventWatch(link.executor(), buffer, sessions);
    }
}
