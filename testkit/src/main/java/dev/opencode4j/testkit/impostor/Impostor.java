package dev.opencode4j.testkit.impostor;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * An OpenCode server that does what a test says. It speaks HTTP and SSE over a socket on loopback, keeps sessions,
 * messages, permissions and questions as the real one does, needs no model, and can be made to fail in every way that a
 * real server cannot.
 *
 * <pre>{@code
 * try (Impostor impostor = Impostor.start()) {
 *     impostor.nextTurn(Answer.text("Hello ", "world"));
 *     // prompt it at impostor.url(), then:
 *     assertThat(impostor.timesRun("Hi")).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>One thread owns all state, so what REST tells always agrees with what was emitted, and ten thousand turns may be
 * under way at once. All methods may be called from any thread and have taken effect when they return. Methods that
 * wait throw an {@link AssertionError} when their time is up.
 */
public final class Impostor implements AutoCloseable {

    private final EventLoop loop = new EventLoop();
    private final World world;
    private final Server server;
    private final Faults faults;

    Impostor(Settings settings) {
        world = new World(loop, settings);
        server = new Server(world);
        faults = new Faults(world, server.faults(), server.listener());
        try {
            loop.run(server::open);
        } catch (RuntimeException e) {
            loop.close();
            throw e;
        }
    }

    /** Starts one that is the newest certified version, needs no password, and listens on a free port. */
    public static Impostor start() {
        return builder().start();
    }

    /** Starts one of another kind. */
    public static ImpostorBuilder builder() {
        return new ImpostorBuilder();
    }

    /** Where it listens, such as {@code http://127.0.0.1:40123}; the same after a restart. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.listener().port());
    }

    /** Answers the next prompt, of whatever session, that has no answer of its own so. */
    public void nextTurn(Answer answer) {
        loop.run(() -> world.turns().script((Script) answer));
    }

    /** Answers the next prompt of that session so. */
    public void nextTurn(String sessionId, Answer answer) {
        loop.run(() -> session(sessionId).scripted().add((Script) answer));
    }

    private Conversation session(String id) {
        Conversation found = world.find(id);
        if (found == null) {
            throw new IllegalArgumentException("The impostor has no session " + id + ".");
        }
        return found;
    }

    /**
     * Answers all prompts so for which no answer was queued; by default they are echoed, word by word. The function runs
     * on the impostor's only thread: it must not wait for anything.
     */
    public void otherwise(Function<ReceivedPrompt, Answer> answer) {
        loop.run(() -> world.turns().otherwise(answer));
    }

    /** Opens a session as a client would, and tells its id. */
    public String openSession(String title) {
        return loop.call(() -> world.open(
                        Json.object().put("title", title), world.settings().directory())
                .id());
    }

    /** Opens the gate of that name: turns that {@linkplain Script#hold hold} there go on, and none will hold there again. */
    public void release(String gate) {
        loop.run(() -> world.gates().open(gate));
    }

    /** Waits until a turn holds at that gate. */
    public void awaitHeld(String gate, Duration atMost) {
        await(() -> world.gates().waitingAt(gate) > 0, atMost, () -> "no turn held at " + gate);
    }

    /** What goes wrong from now on. */
    public Faults faults() {
        return faults;
    }

    /** Sends an event of the test's making, as it is, to all streams; faults apply to it. */
    public void emit(String eventJson) {
        loop.run(() -> world.raw(eventJson, null));
    }

    /** Sends a heartbeat now, whatever the interval. */
    public void heartbeat() {
        loop.run(world.streams()::heartbeat);
    }

    /** Cuts all connections, is away for a moment and comes back to the same port; it forgets nothing, turns go on. */
    public void restart() {
        goDown();
        comeUp();
    }

    /** As {@link #restart()}, but all sessions are gone, and with them their turns, messages, permissions and questions. */
    public void restartLosingState() {
        loop.run(() -> {
            world.loseEverything();
            server.listener().close();
            server.listener().open();
        });
    }

    /**
     * What {@code kill -9} and a new start leave behind (trap 7): connections cut, every session idle, a running turn's
     * message without {@code time.completed} and its open text empty, permissions and questions gone, no event told.
     */
    public void killMidTurn() {
        loop.run(() -> {
            world.loseProcess();
            server.listener().close();
            server.listener().open();
        });
    }

    /** Cuts all connections and refuses new ones, until {@link #comeUp()}; turns go on meanwhile. */
    public void goDown() {
        loop.run(server.listener()::close);
    }

    /** Listens again, on the same port. */
    public void comeUp() {
        loop.run(server.listener()::open);
    }

    /** All requests so far, in the order in which they arrived. */
    public List<RecordedRequest> requests() {
        return loop.call(server::requests);
    }

    /** Those of the requests so far that match; see {@link RecordedRequest#to}. */
    public List<RecordedRequest> requests(Predicate<RecordedRequest> matching) {
        return requests().stream().filter(matching).toList();
    }

    /** Waits for a request that matches, one of those already there included, and answers the first. */
    public RecordedRequest awaitRequest(Predicate<RecordedRequest> matching, Duration atMost) {
        await(() -> server.requests().stream().anyMatch(matching), atMost, () -> "no such request among " + requests());
        return requests(matching).get(0);
    }

    /** All prompts that were accepted: those whose user message is stored, a second post of the same id included. */
    public List<ReceivedPrompt> promptsAccepted() {
        return loop.call(world.turns()::accepted);
    }

    /** How many turns were begun for the prompt with that message id, or for prompts with exactly that text. */
    public int timesRun(String messageIdOrText) {
        return (int) loop.call(world.turns()::started).stream()
                .filter(prompt -> prompt.messageId().equals(messageIdOrText)
                        || prompt.text().equals(messageIdOrText))
                .count();
    }

    /** How many event streams were opened since the start. */
    public long streamsOpened() {
        return loop.call(world.streams()::opened);
    }

    /** How many event streams are open. */
    public int openStreams() {
        return loop.call(world.streams()::openNow);
    }

    /** Waits until exactly so many event streams are open. */
    public void awaitStreams(int open, Duration atMost) {
        await(() -> world.streams().openNow() == open, atMost, () -> openStreams() + " streams are open, not " + open);
    }

    /** Waits until no session is busy. */
    public void awaitIdle(Duration atMost) {
        await(
                () -> world.conversations().stream().allMatch(session -> session.running == null),
                atMost,
                () -> "a session is still busy");
    }

    /** The messages of a session as they are stored: an array of {@code {info, parts}}. */
    public JsonNode messages(String sessionId) {
        return loop.call(() -> {
            var list = Json.array();
            session(sessionId).messages().values().forEach(message -> list.add(message.json()));
            return list;
        });
    }

    private void await(BooleanSupplier condition, Duration atMost, Supplier<String> otherwise) {
        CompletableFuture<Boolean> met = loop.until(condition);
        try {
            met.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            met.cancel(false);
            throw new AssertionError("Waited " + atMost + " for the impostor: " + otherwise.get(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the impostor.", e);
        }
    }

    /** Cuts all connections and stops. */
    @Override
    public void close() {
        loop.execute(server.listener()::close);
        loop.close();
    }

    @Override
    public String toString() {
        return "Impostor[" + world.settings().version().name() + " at " + url() + "]";
    }
}
