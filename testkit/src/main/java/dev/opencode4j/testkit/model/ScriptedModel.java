package dev.opencode4j.testkit.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAI-compatible model on loopback that does what the prompt says, and counts.
 *
 * <p>The first known {@code #word} in the text of the last user message selects the script; a prompt without one is
 * echoed.
 *
 * <table>
 *   <caption>The words every model knows</caption>
 *   <tr><td>{@code #echo}</td><td>answers {@code You said: ...} with the prompt's last 60 characters, in words</td></tr>
 *   <tr><td>{@code #reason}</td><td>thinks, then answers</td></tr>
 *   <tr><td>{@code #long=N}, {@code #words=N}</td><td>N words, one a millisecond; as fast as it can</td></tr>
 *   <tr><td>{@code #slow}</td><td>60 words, two a second</td></tr>
 *   <tr><td>{@code #delay=MS}</td><td>echoes after so many silent milliseconds</td></tr>
 *   <tr><td>{@code #hold=NAME}</td><td>says {@code held }, waits for {@link #release(String)}, says {@code released}</td></tr>
 *   <tr><td>{@code #utf8}, {@code #length}, {@code #empty}</td><td>characters of 1 to 4 bytes; finish {@code length}; no text</td></tr>
 *   <tr><td>{@code #bash}, {@code #write}, {@code #multi}</td><td>one command; one file {@code hello.txt}; three commands, the last failing</td></tr>
 *   <tr><td>{@code #todo}, {@code #question}</td><td>two updates of the todo list; one question</td></tr>
 *   <tr><td>{@code #task}, {@code #task=WORD}</td><td>a sub-agent with the prompt {@code do the sub work #WORD}</td></tr>
 *   <tr><td>{@code #badtool}, {@code #big}</td><td>calls a tool that does not exist; a command with 3 MB of output</td></tr>
 *   <tr><td>{@code #structured}</td><td>calls the structured-output tool with {@code {"a":42}}</td></tr>
 *   <tr><td>{@code #status=N}</td><td>HTTP N with {@code retry-after: 1}</td></tr>
 *   <tr><td>{@code #drop}</td><td>some text, then a cut connection</td></tr>
 * </table>
 *
 * <p>OpenCode also asks for a title beside a session's first prompt. Such requests are answered with {@link #TITLE} and
 * count neither as calls nor as runs.
 *
 * <p>All methods are safe to call from any thread. Each connection takes one waiting daemon thread.
 */
public final class ScriptedModel implements AutoCloseable {

    /** The title that every session gets. */
    public static final String TITLE = "A Scripted Title";

    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "x-api-key", "api-key", "cookie");

    private final Duration chunkPause;
    private final Scripts scripts = new Scripts();
    private final Gates gates = new Gates();
    private final RequestLog log = new RequestLog();
    private final ModelServer server;

    private ScriptedModel(Duration chunkPause) {
        this.chunkPause = chunkPause;
        this.server = ModelServer.listen(this::serve);
    }

    /** Starts a model on a free port of loopback, with the pauses of {@link #builder()}. */
    public static ScriptedModel start() {
        return builder().start();
    }

    /** A model to be configured; by default it pauses 5 ms after each chunk. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a client takes as its base URL: {@code http://127.0.0.1:PORT/v1}. */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + port() + "/v1");
    }

    /** The port on loopback. */
    public int port() {
        return server.port();
    }

    /**
     * Teaches this model a word, or changes what it does on one that it knows.
     *
     * @param word letters, digits and underscores, without the {@code #}
     */
    public void on(String word, Script script) {
        if (!word.matches("\\w+")) {
            throw new IllegalArgumentException("A word is made of letters, digits and underscores, not: " + word);
        }
        scripts.put(word, script);
    }

    /** The requests for completions in the order they came, those for titles too; only the latest 500 are kept. */
    public List<ModelRequest> requests() {
        return log.latest();
    }

    /**
     * How many prompts with this marker the model began to answer: calls without tool results whose last user message
     * holds the marker. Counted before the first byte of the answer, and for the whole life of the model.
     *
     * <p>A call that OpenCode repeats after an error of the model counts again.
     */
    public int timesRun(String marker) {
        return log.timesRun(marker);
    }

    /** How many answers to prompts with this marker the client did not stay to hear to the end. */
    public int timesAbandoned(String marker) {
        return log.timesAbandoned(marker);
    }

    /**
     * Waits until the model got at least so many calls, titles not counted.
     *
     * @throws AssertionError if it did not in this time
     */
    public void awaitRequests(int atLeast, Duration atMost) {
        log.awaitCalls(atLeast, atMost);
    }

    /**
     * Waits until {@link #timesRun(String)} is not 0.
     *
     * @throws AssertionError if it is, after this time
     */
    public void awaitRun(String marker, Duration atMost) {
        log.awaitRun(marker, atMost);
    }

    /**
     * Waits until a client hung up on the answer to a prompt with this marker. Noticed at once while the answer is
     * held, else when the model writes its next chunks.
     *
     * @throws AssertionError if none did in this time
     */
    public void awaitAbandoned(String marker, Duration atMost) {
        log.awaitAbandoned(marker, atMost);
    }

    /**
     * Waits until an answer is held at this name.
     *
     * @throws AssertionError if none is in this time
     */
    public void awaitHeld(String name, Duration atMost) {
        gates.awaitHeld(name, atMost);
    }

    /** Lets go on what is held at this name, and whatever comes there later. */
    public void release(String name) {
        gates.release(name);
    }

    /** Stops listening and cuts all connections, those that are held too. */
    @Override
    public void close() {
        server.close();
    }

    /** Shows the address. */
    @Override
    public String toString() {
        return "ScriptedModel[" + baseUri() + "]";
    }

    private void serve(Connection connection) throws IOException, InterruptedException {
        IncomingRequest incoming = connection.read();
        if (incoming.method().equals("GET") && incoming.path().endsWith("/models")) {
            connection.respond(
                    200,
                    Map.of(),
                    "{\"object\":\"list\",\"data\":[{\"id\":\"scripted\",\"object\":\"model\"}]}".getBytes(UTF_8));
        } else if (incoming.method().equals("POST") && incoming.path().endsWith("/chat/completions")) {
            complete(connection, incoming);
        } else {
            refuse(connection, 404, "No such route: " + incoming.method() + " " + incoming.path());
        }
    }

    private void complete(Connection connection, IncomingRequest incoming) throws IOException, InterruptedException {
        ModelRequest request;
        try {
            JsonNode body = Completion.JSON.readTree(incoming.body());
            request = new ModelRequest(incoming.path(), withoutSecrets(incoming.headers()), body);
        } catch (JacksonException e) {
            refuse(connection, 400, "The body is not JSON");
            return;
        }
        log.record(request);
        Answer answer;
        try {
            answer = scripts.answer(request);
        } catch (RuntimeException e) {
            refuse(connection, 500, "The script failed: " + e);
            return;
        }
        try {
            new Performance(connection, request, gates, chunkPause).play(answer);
        } catch (IOException e) {
            log.recordAbandoned(request);
        }
    }

    private static void refuse(Connection connection, int status, String message) throws IOException {
        ObjectNode body = Completion.NODES.objectNode();
        body.putObject("error").put("message", message);
        connection.respond(status, Map.of(), body.toString().getBytes(UTF_8));
    }

    private static Map<String, String> withoutSecrets(Map<String, String> headers) {
        Map<String, String> shown = new HashMap<>(headers);
        shown.replaceAll((name, value) -> SECRET_HEADERS.contains(name) ? "(hidden)" : value);
        return shown;
    }

    /** The settings of a model. */
    public static final class Builder {

        private Duration chunkPause = Duration.ofMillis(5);

        private Builder() {}

        /** How long the model waits after each chunk, unless its script says otherwise; zero is allowed. */
        public Builder chunkPause(Duration pause) {
            this.chunkPause = pause;
            return this;
        }

        /** Starts the model on a free port of loopback. */
        public ScriptedModel start() {
            return new ScriptedModel(chunkPause);
        }
    }
}
