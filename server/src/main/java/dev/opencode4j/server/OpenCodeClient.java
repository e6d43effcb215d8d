package dev.opencode4j.server;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.launch.ServerProcess;
import dev.opencode4j.server.internal.stream.StreamSettings;
import dev.opencode4j.server.internal.turn.HttpUpstream;
import dev.opencode4j.server.internal.turn.Opening;
import dev.opencode4j.server.internal.turn.ServerLink;
import dev.opencode4j.server.internal.turn.ServerTurn;
import dev.opencode4j.server.internal.v1.ServerCodec;
import dev.opencode4j.server.internal.v1.ServerRoutes;
import dev.opencode4j.server.internal.v1.WireId;
import dev.opencode4j.server.model.Health;
import dev.opencode4j.server.model.NewSession;
import dev.opencode4j.server.model.Session;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One OpenCode server, request by request. Thread-safe: one client serves a whole program.
 *
 * <p>Every method that is not a getter makes one request and blocks until the answer has come or the request timeout
 * has run out. All fail with {@link dev.opencode4j.core.error.AgentException}s: {@code ConnectionException} when
 * nothing answers, {@code RequestTimeout}, {@code AuthenticationException}, {@code SessionNotFoundException} (also for
 * a missing message or request), {@code BadRequestException}, {@code ServerException}, {@code ProtocolException} for an
 * operation that the server's version does not have, {@code InterruptedTurnException} when the calling thread is
 * interrupted. Bad arguments are {@link IllegalArgumentException}s that name the argument, and nothing is sent. Nothing
 * is sent twice, save a read whose pooled connection the server had closed.
 */
public final class OpenCodeClient implements AutoCloseable {

    private final Transport transport;
    private final ServerLink link;
    private final Sessions sessions;
    private final Messages messages;
    private final Permissions permissions;
    private final Questions questions;
    private final Catalog catalog;
    private final ServerFiles files;
    private final McpServers mcp;
    private final ServerEvents events;
    private Runnable forgetProcess = () -> {};

    OpenCodeClient(Transport transport, StreamSettings streams) {
        this.transport = transport;
        link = new ServerLink(transport, streams);
        sessions = new Sessions(transport);
        messages = new Messages(transport);
        permissions = new Permissions(transport);
        questions = new Questions(transport);
        catalog = new Catalog(transport);
        files = new ServerFiles(transport);
        mcp = new McpServers(transport);
        events = new ServerEvents(transport, link, ServerEvents.DEFAULT_BUFFER);
    }

    /**
     * A client of the server at {@code baseUrl}; user and password come from the environment, see {@link #builder()}.
     * Makes no request.
     *
     * @throws IllegalArgumentException if it is not an http or https URL with a host
     */
    public static OpenCodeClient connect(String baseUrl) {
        return builder().baseUrl(baseUrl).build();
    }

    /** Starts a client with what the environment says. */
    public static ClientBuilder builder() {
        return new ClientBuilder(System.getenv());
    }

    /** Asks whether the server is well, and its version. Not about one directory. */
    public Health health() {
        return transport.send(ServerRoutes.health(), answer -> answer.read(ServerCodec::health));
    }

    /** Creates a session with a title. */
    public Session createSession(String title) {
        return sessions.create(NewSession.titled(title));
    }

    /** Prompts a session and waits for the whole answer. See {@link #stream(String, String, Consumer)}. */
    public Reply stream(String sessionId, String prompt) {
        return stream(sessionId, prompt, event -> {});
    }

    /**
     * Prompts a session and hands each event of the answer to {@code listener}, on the calling thread, as soon as it
     * is there. Blocks until the turn is over. What the agent asks is rejected; {@link #start} has policies.
     *
     * @throws IllegalArgumentException if the prompt is blank or the session's id has the wrong form
     * @throws dev.opencode4j.core.error.AgentException if the turn fails; its {@code partial()} has what was received
     */
    public Reply stream(String sessionId, String prompt, Consumer<? super AgentEvent> listener) {
        try (Turn turn = start(sessionId, Prompt.of(prompt), SessionOptions.DEFAULT)) {
            turn.forEach(listener);
            return turn.result().reply();
        }
    }

    /**
     * Starts a turn in a session and returns at once; it begins with a request that finds out in which directory the
     * session is. If another turn is at work there, the server runs this one after it. An interrupt of a turn that
     * waits so leaves the one that runs alone; the waiting prompt can't be taken back before that is over (a server deletes
     * no message of a session at work), so it is deleted, or aborted, then. {@link OpenCodeServer} has sessions that know
     * where they are and whether a turn is in progress.
     *
     * @throws IllegalArgumentException if the session's id, or the prompt's message id, has the wrong form
     */
    public Turn start(String sessionId, Prompt prompt, SessionOptions options) {
        return ServerTurn.start(
                WireId.session(sessionId),
                options,
                HttpUpstream.find(link, sessionId),
                link.ticker(),
                new ServerTurn.Surroundings(Opening.send(prompt), link.executor(), link.turns(), () -> {}));
    }

    /**
     * Waits until the event stream is ready, for {@code limit} at most; it is opened if it is
     * not open. Turns do this by themselves: it is for checks.
     */
    public void awaitEvents(Duration limit) {
        link.awaitEvents(limit);
    }

    /** Ties it to the server's process: there will be no other server at this address and with this password. */
    void endWith(ServerProcess process) {
        transport.expectEnd();
        forgetProcess = process.onEnd(this::serverEnded);
    }

    private void serverEnded(String words) {
        transport.refuse(where -> ServerLink.ended(words, where));
        link.fail(() -> ServerLink.ended(words, null));
    }

    ServerLink link() {
        return link;
    }

    /** Sessions and what they do. */
    public Sessions sessions() {
        return sessions;
    }

    /** Messages and prompts. */
    public Messages messages() {
        return messages;
    }

    /** What agents ask leave for. */
    public Permissions permissions() {
        return permissions;
    }

    /** What agents ask their user. */
    public Questions questions() {
        return questions;
    }

    /** Agents, commands, providers and the configuration. */
    public Catalog catalog() {
        return catalog;
    }

    /** Files in the server's directory. */
    public ServerFiles files() {
        return files;
    }

    /** What happens on the server, whoever prompts. */
    public ServerEvents events() {
        return events;
    }

    /** MCP servers. */
    public McpServers mcp() {
        return mcp;
    }

    /**
     * Makes any request, for what has no method here. It is scoped by directory and workspace.
     *
     * @param method the HTTP method in upper case
     * @param path the path, escaped, with its query if it has one
     * @param body the JSON body, or null for none
     * @return the answer; the empty object if it was empty
     */
    public Json call(String method, String path, @Nullable Json body) {
        return transport.send(
                ServerRoutes.any(method, path, body),
                answer -> answer.isBlank() ? Json.EMPTY : answer.read(ServerCodec::any));
    }

    /** Fails the requests and turns under way with {@code ConnectionException}s, and later ones at once. */
    @Override
    public void close() {
        forgetProcess.run();
        link.close();
        transport.close();
    }

    /** The address, without its query and without credentials. */
    @Override
    public String toString() {
        return "OpenCodeClient[" + transport + ']';
    }
}
