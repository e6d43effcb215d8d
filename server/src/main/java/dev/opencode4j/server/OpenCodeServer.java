package dev.opencode4j.server;

import dev.opencode4j.core.Agent;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Capabilities;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.work.OpenSessions;
import dev.opencode4j.server.model.NewSession;
import dev.opencode4j.server.model.Session;
import org.jspecify.annotations.Nullable;

/**
 * The agent over {@code opencode serve}: a server that runs already, or one that this program launches and stops.
 *
 * <p>All turns of all its sessions share one event stream; on a server that has none for all directories, those in one
 * directory do.
 */
public final class OpenCodeServer implements Agent {

    private static final Capabilities CAPABILITIES = new Capabilities(true, true, true, true, true, true, true);

    private final OpenCodeClient client;
    private final @Nullable LaunchedServer launched;
    private final OpenSessions<ServerSession> sessions = new OpenSessions<>();

    private OpenCodeServer(OpenCodeClient client, @Nullable LaunchedServer launched) {
        this.client = client;
        this.launched = launched;
    }

    /**
     * Launches the machine's OpenCode: on a port of its own, with a random password, on loopback only. Starts a
     * process, and waits until it is ready; {@link #close()}, or the end of this program, ends it and all its children.
     * If it ends before, everything fails at once: see {@link LaunchedServer#client()}.
     *
     * @throws dev.opencode4j.core.error.ConnectionException if it does not get ready; the message quotes the log's end
     */
    public static OpenCodeServer launch() {
        return of(ServerLauncher.create().start());
    }

    /** A server that was launched, which is ended with the agent. */
    public static OpenCodeServer of(LaunchedServer launched) {
        return new OpenCodeServer(launched.client().build(), launched);
    }

    /** The server at {@code baseUrl}; user and password come from the environment. Makes no request. */
    public static OpenCodeServer connect(String baseUrl) {
        return of(OpenCodeClient.connect(baseUrl));
    }

    /** The server of a client, which is closed with the agent. Makes no request. */
    public static OpenCodeServer of(OpenCodeClient client) {
        return new OpenCodeServer(client, null);
    }

    /** The client of the server, for everything that is not a turn. */
    public OpenCodeClient client() {
        return client;
    }

    @Override
    public AgentSession open(SessionOptions options) {
        sessions.requireOpen();
        NewSession wanted = options.title() == null ? NewSession.BLANK : NewSession.titled(options.title());
        if (!options.rules().isEmpty()) wanted = wanted.withRules(options.rules());
        Session session = client.sessions().create(wanted);
        return attach(session, options);
    }

    @Override
    public AgentSession resume(String sessionId, SessionOptions options) {
        sessions.requireOpen();
        return attach(client.sessions().get(sessionId), options);
    }

    private AgentSession attach(Session known, SessionOptions options) {
        return sessions.add(new ServerSession(known, options, client.link(), sessions::remove));
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public void close() {
        sessions.close();
        client.close();
        if (launched != null) launched.close();
    }

    @Override
    public String toString() {
        return "OpenCodeServer[" + client + ']';
    }
}
