package dev.opencode4j.server;

import dev.opencode4j.core.part.Todo;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.server.internal.http.Answer;
import dev.opencode4j.server.internal.http.Request;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.v1.SessionCodec;
import dev.opencode4j.server.internal.v1.SessionRoutes;
import dev.opencode4j.server.internal.v1.StatusReader;
import dev.opencode4j.server.internal.v1.TodoReader;
import dev.opencode4j.server.model.FileDiff;
import dev.opencode4j.server.model.NewSession;
import dev.opencode4j.server.model.Session;
import dev.opencode4j.server.model.SessionChange;
import dev.opencode4j.server.model.SessionQuery;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server's sessions. Each method makes one request; {@link OpenCodeClient} says how they fail. Thread-safe. */
public final class Sessions {

    private final Transport transport;

    Sessions(Transport transport) {
        this.transport = transport;
    }

    /** Creates one. */
    public Session create(NewSession wanted) {
        return session(SessionRoutes.create(wanted));
    }

    /** Reads one. */
    public Session get(String sessionId) {
        return session(SessionRoutes.get(sessionId));
    }

    /** Reads the sessions, those that changed last first. */
    public List<Session> list(SessionQuery query) {
        return sessions(SessionRoutes.list(query));
    }

    /** Changes one, and returns it as it is then. Permission rules are appended, not replaced. */
    public Session update(String sessionId, SessionChange change) {
        return session(SessionRoutes.update(sessionId, change));
    }

    /** Copies one with its whole history. */
    public Session fork(String sessionId) {
        return session(SessionRoutes.fork(sessionId, null));
    }

    /** Copies one with the history before the message {@code messageId}. */
    public Session fork(String sessionId, String messageId) {
        return session(SessionRoutes.fork(sessionId, messageId));
    }

    /** Deletes one, with its messages and its sub-agents' sessions. On 1.2.27 a missing one is no error. */
    public void delete(String sessionId) {
        order(SessionRoutes.delete(sessionId));
    }

    /** Reads the sessions of its sub-agents. On 1.2.27 a missing session has none. */
    public List<Session> children(String sessionId) {
        return sessions(SessionRoutes.children(sessionId));
    }

    /** Reads the work that its agent has listed. On 1.2.27 a missing session has none. */
    public List<Todo> todos(String sessionId) {
        return transport.send(SessionRoutes.todos(sessionId), answer -> answer.read(TodoReader::list));
    }

    /** Reads what it changed in files. A missing session has changed none. */
    public List<FileDiff> diff(String sessionId) {
        return transport.send(SessionRoutes.diff(sessionId, null), answer -> answer.read(SessionCodec::diffs));
    }

    /** Reads what the turn of a user's message changed in files. */
    public List<FileDiff> diff(String sessionId, String messageId) {
        return transport.send(SessionRoutes.diff(sessionId, messageId), answer -> answer.read(SessionCodec::diffs));
    }

    /** Reads what the sessions of the directory do, by id; one that is absent is idle, or does not exist. */
    public Map<String, SessionStatus> statuses() {
        return transport.send(SessionRoutes.statuses(), answer -> answer.read(StatusReader::map));
    }

    /** Stops the turn in progress, if there is one. A missing session is no error. */
    public void abort(String sessionId) {
        order(SessionRoutes.abort(sessionId));
    }

    /** Has {@code model} shorten the history, and waits for it, for {@code timeout} at most. */
    public void summarize(String sessionId, Model model, Duration timeout) {
        order(SessionRoutes.summarize(sessionId, model).within(timeout));
    }

    /** Takes a message and all after it back, and what they did to files; {@link #unrevert} undoes this. */
    public Session revert(String sessionId, String messageId) {
        return session(SessionRoutes.revert(sessionId, messageId));
    }

    /** Brings back what was taken back. */
    public Session unrevert(String sessionId) {
        return session(SessionRoutes.unrevert(sessionId));
    }

    private Session session(Request request) {
        return transport.send(request, answer -> answer.read(SessionCodec::one));
    }

    private List<Session> sessions(Request request) {
        return transport.send(request, answer -> answer.read(SessionCodec::list));
    }

    private void order(Request request) {
        transport.send(request, Answer::confirmed);
    }
}
