package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.work.ManualTicker;
import dev.opencode4j.server.internal.v1.MessageReader;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.SessionStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** One turn under a test's control: its server, its time and its event stream, and what it told. */
final class OneTurn {

    static final String SESSION = "ses_1";
    static final String PROMPT = "msg_1";
    static final String ANSWER = "msg_2";
    static final Timeouts LIMITS =
            new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofMinutes(10));

    final ManualTicker time;
    final FakeUpstream server;
    final List<AgentEvent> events = new ArrayList<>();
    final LiveTurns turns;
    final ServerTurn turn;
    private long connection = 1;

    OneTurn(SessionOptions options) {
        this(options, Prompt.of("Hi"));
    }

    OneTurn(SessionOptions options, Prompt prompt) {
        this(options, prompt, server -> {});
    }

    OneTurn(SessionOptions options, Prompt prompt, Consumer<FakeUpstream> prepare) {
        this(options, prompt, prepare, Runnable::run);
    }

    /** @param executor runs the consumer's code and the policies */
    OneTurn(SessionOptions options, Prompt prompt, Consumer<FakeUpstream> prepare, Executor executor) {
        this(options, Opening.send(prompt), prepare, executor);
    }

    private OneTurn(SessionOptions options, Opening opening, Consumer<FakeUpstream> prepare, Executor executor) {
        this(OneClient.fresh(), options, opening, prepare, executor);
    }

    private OneTurn(
            OneClient client,
            SessionOptions options,
            Opening opening,
            Consumer<FakeUpstream> prepare,
            Executor executor) {
        time = client.time();
        server = client.server();
        turns = client.turns();
        prepare.accept(server);
        turn = ServerTurn.start(
                SESSION, options, server, time, new ServerTurn.Surroundings(opening, executor, turns, () -> {}));
        turn.publisher().subscribe(new Collector());
    }

    /** One more turn of a client, in its one session. */
    static OneTurn of(OneClient client, SessionOptions options) {
        return new OneTurn(client, options, Opening.send(Prompt.of("Hi")), server -> {}, Runnable::run);
    }

    /** A turn whose prompt the server has. */
    static OneTurn joining() {
        return new OneTurn(options(LIMITS), Opening.join(PROMPT), server -> {}, Runnable::run);
    }

    static OneTurn started() {
        return new OneTurn(options(LIMITS));
    }

    /** Connected, and the prompt is taken. */
    static OneTurn prompted() {
        return started().connect();
    }

    /** As {@link #prompted()}, and the model has begun to answer. */
    static OneTurn answering() {
        return prompted().busy().user(PROMPT).assistant(ANSWER, PROMPT).delta("prt_1", "Hello");
    }

    /** Leaves what is asked to the consumer. */
    static SessionOptions options(Timeouts limits) {
        return SessionOptions.builder()
                .timeouts(limits)
                .permissions(PermissionPolicy.askConsumer())
                .questions(QuestionPolicy.askConsumer())
                .build();
    }

    private final class Collector implements Flow.Subscriber<AgentEvent> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(AgentEvent event) {
            events.add(event);
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {}
    }

    // The stream.

    OneTurn connect() {
        return raw("{\"type\":\"server.connected\",\"properties\":{}}");
    }

    OneTurn raw(String json) {
        server.lastLife = time.nanoTime();
        server.wire.feed(("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    OneTurn event(String type, String properties) {
        String id = "evt_" + server.events++;
        return raw("{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"properties\":{" + properties + "}}");
    }

    OneTurn bytes() {
        server.lastLife = time.nanoTime();
        server.wire.feed(": heartbeat\n\n".getBytes(StandardCharsets.UTF_8));
        return this;
    }

    OneTurn busy() {
        return status("busy");
    }

    OneTurn idle() {
        return status("idle");
    }

    private OneTurn status(String type) {
        return event("session.status", "\"sessionID\":\"ses_1\",\"status\":{\"type\":\"" + type + "\"}");
    }

    OneTurn error(String message) {
        return event(
                "session.error",
                "\"sessionID\":\"ses_1\",\"error\":{\"name\":\"UnknownError\",\"data\":{\"message\":\"" + message
                        + "\"}}");
    }

    OneTurn aborted() {
        return event(
                "session.error",
                "\"sessionID\":\"ses_1\",\"error\":{\"name\":\"MessageAbortedError\",\"data\":{\"message\":\"Aborted\"}}");
    }

    OneTurn user(String id) {
        return event("message.updated", "\"info\":" + userInfo(id));
    }

    OneTurn assistant(String id, String parent) {
        return event("message.updated", "\"info\":" + info(id, parent, ""));
    }

    OneTurn completed(String id, String parent, String finish) {
        return event("message.updated", "\"info\":" + info(id, parent, finish));
    }

    static String userInfo(String id) {
        return "{\"id\":\"" + id + "\",\"sessionID\":\"ses_1\",\"role\":\"user\",\"time\":{\"created\":1}}";
    }

    static String info(String id, String parent, String finish) {
        String end = finish.isEmpty()
                ? "\"time\":{\"created\":1}"
                : "\"time\":{\"created\":1,\"completed\":2},\"finish\":\"" + finish + "\"";
        return "{\"id\":\"" + id + "\",\"sessionID\":\"ses_1\",\"role\":\"assistant\",\"parentID\":\"" + parent + "\","
                + end + "}";
    }

    OneTurn delta(String part, String text) {
        return delta(ANSWER, part, text);
    }

    OneTurn delta(String message, String part, String text) {
        return event(
                "message.part.delta",
                "\"sessionID\":\"ses_1\",\"messageID\":\"" + message + "\",\"partID\":\"" + part
                        + "\",\"field\":\"text\",\"delta\":\"" + text + "\"");
    }

    OneTurn text(String message, String part, String text) {
        return event("message.part.updated", "\"part\":" + textPart(message, part, text));
    }

    static String textPart(String message, String part, String text) {
        return "{\"id\":\"" + part + "\",\"sessionID\":\"ses_1\",\"messageID\":\"" + message
                + "\",\"type\":\"text\",\"text\":\"" + text + "\",\"time\":{\"start\":1,\"end\":2}}";
    }

    OneTurn born(String child, String parent) {
        return event(
                "session.created",
                "\"sessionID\":\"" + child + "\",\"info\":{\"id\":\"" + child + "\",\"parentID\":\"" + parent + "\"}");
    }

    /** A tool call of ours that starts a sub-agent, as it is told right after {@link #born}; and the sub-agent begins. */
    OneTurn task(String child) {
        return task(SESSION, ANSWER, child);
    }

    OneTurn task(String session, String message, String child) {
        return taskCall(session, message, child, "running")
                .childMessage(child, "a", "user", "")
                .childMessage(child, "b", "assistant", "a");
    }

    /** The call alone: what the sub-agent does at first is missed. */
    OneTurn taskBegun(String child) {
        return taskCall(SESSION, ANSWER, child, "running");
    }

    OneTurn taskEnded(String child) {
        return taskCall(SESSION, ANSWER, child, "completed");
    }

    private OneTurn taskCall(String session, String message, String child, String status) {
        return event(
                "message.part.updated",
                "\"part\":{\"id\":\"prt_" + child + "\",\"sessionID\":\"" + session + "\",\"messageID\":\"" + message
                        + "\",\"type\":\"tool\",\"tool\":\"task\",\"callID\":\"call_" + child
                        + "\",\"state\":{\"status\":\"" + status
                        + "\",\"input\":{\"prompt\":\"do it\"},\"metadata\":{\"sessionId\":\"" + child + "\"}}}");
    }

    /** A message of a sub-agent's session, named by a letter in the order of the alphabet. */
    OneTurn childMessage(String child, String name, String role, String parent) {
        return event("message.updated", "\"info\":" + childInfo(child, name, role, parent));
    }

    OneTurn permission(String session, String id) {
        return event(
                "permission.asked",
                "\"id\":\"" + id + "\",\"sessionID\":\"" + session
                        + "\",\"permission\":\"bash\",\"patterns\":[\"ls\"]");
    }

    /** A permission request of a tool call in this message of the session. */
    OneTurn permissionOf(String message, String id) {
        return permissionOf(SESSION, message, id);
    }

    OneTurn permissionOf(String session, String message, String id) {
        return event(
                "permission.asked",
                "\"id\":\"" + id + "\",\"sessionID\":\"" + session + "\",\"permission\":\"bash\",\"patterns\":[\"ls\"],"
                        + "\"metadata\":{\"command\":\"ls\"},\"tool\":{\"messageID\":\"" + message
                        + "\",\"callID\":\"call_1\"}");
    }

    OneTurn todos(String content) {
        return event(
                "todo.updated",
                "\"sessionID\":\"ses_1\",\"todos\":[{\"content\":\"" + content
                        + "\",\"status\":\"pending\",\"priority\":\"low\"}]");
    }

    OneTurn retry(String message) {
        return event(
                "session.status",
                "\"sessionID\":\"ses_1\",\"status\":{\"type\":\"retry\",\"attempt\":1,\"message\":\"" + message
                        + "\",\"next\":1}");
    }

    /** The message of an answer that failed. */
    OneTurn failed(String id, String parent, String message) {
        return event(
                "message.updated",
                "\"info\":{\"id\":\"" + id + "\",\"sessionID\":\"ses_1\",\"role\":\"assistant\",\"parentID\":\""
                        + parent + "\",\"time\":{\"created\":1,\"completed\":2},\"error\":{\"name\":\"UnknownError\","
                        + "\"data\":{\"message\":\"" + message + "\"}}}");
    }

    OneTurn permissionReplied(String session, String id, String reply) {
        return event(
                "permission.replied",
                "\"sessionID\":\"" + session + "\",\"requestID\":\"" + id + "\",\"reply\":\"" + reply + "\"");
    }

    OneTurn question(String session, String id) {
        return event("question.asked", "\"id\":\"" + id + "\",\"sessionID\":\"" + session + "\",\"questions\":[]");
    }

    OneTurn questionReplied(String id, String answer) {
        return event(
                "question.replied",
                "\"sessionID\":\"ses_1\",\"requestID\":\"" + id + "\",\"answers\":[[\"" + answer + "\"]]");
    }

    /** The answer's end: whole text, message, and idle. */
    OneTurn end(String text) {
        return text(ANSWER, "prt_1", text).completed(ANSWER, PROMPT, "stop").idle();
    }

    OneTurn gap() {
        server.subscriber.gap(connection, new ConnectionException("it broke", null, null));
        return this;
    }

    OneTurn refused() {
        server.subscriber.refused(new ConnectionException("nothing answers there", null, null));
        return this;
    }

    OneTurn ready() {
        server.lastLife = time.nanoTime();
        server.subscriber.ready(++connection);
        return this;
    }

    // What the server says when asked.

    OneTurn finds(SessionStatus status, boolean stored, String... messages) {
        return finds(new Snapshot(status, stored, messages(messages), List.of(), List.of(), List.of(), List.of()));
    }

    OneTurn finds(Snapshot snapshot) {
        server.status = snapshot.status();
        server.look = () -> CompletableFuture.completedFuture(snapshot);
        return this;
    }

    static Snapshot asked(List<PermissionRequest> permissions, List<QuestionRequest> questions, TaskCall... calls) {
        List<Message> theirs = new ArrayList<>();
        for (TaskCall call : calls) theirs.addAll(atWork(call.subAgent()));
        return new Snapshot(SessionStatus.BUSY, true, List.of(), permissions, questions, List.of(calls), theirs);
    }

    /** A sub-agent that answers its task. */
    private static List<Message> atWork(String child) {
        return messages(
                "{\"info\":" + childInfo(child, "a", "user", "") + ",\"parts\":[]}",
                "{\"info\":" + childInfo(child, "b", "assistant", "a") + ",\"parts\":[]}");
    }

    /** The id of a message in a sub-agent's session. */
    static String childMessage(String child, String name) {
        return "msg_" + child + name;
    }

    private static String childInfo(String child, String name, String role, String parent) {
        String ofParent = parent.isEmpty() ? "" : ",\"parentID\":\"" + childMessage(child, parent) + "\"";
        return "{\"id\":\"" + childMessage(child, name) + "\",\"sessionID\":\"" + child + "\",\"role\":\"" + role + "\""
                + ofParent + ",\"time\":{\"created\":1}}";
    }

    static List<Message> messages(String... json) {
        return MessageReader.list(("[" + String.join(",", json) + "]").getBytes(StandardCharsets.UTF_8));
    }

    /** An answer as it is stored. */
    static String stored(String id, String finish, String... parts) {
        return "{\"info\":" + info(id, PROMPT, finish) + ",\"parts\":[" + String.join(",", parts) + "]}";
    }

    static PermissionRequest permissionRequest(String session, String id) {
        return new PermissionRequest(id, session, "bash", List.of("ls"), List.of(), Json.EMPTY, null, null);
    }

    static QuestionRequest questionRequest(String session, String id) {
        return new QuestionRequest(id, session, List.of(), null, null);
    }

    // Time, and what was told.

    OneTurn after(double seconds) {
        time.advance(Duration.ofNanos((long) (seconds * 1e9)));
        return this;
    }

    /** Time with a sign of life every ten seconds. */
    OneTurn waitAlive(double seconds) {
        double left = seconds;
        while (left > 0) {
            after(Math.min(left, 10));
            bytes();
            left -= 10;
        }
        return this;
    }

    boolean isOver() {
        return !events.isEmpty() && events.get(events.size() - 1) instanceof TurnEnded;
    }

    TurnEnded end() {
        if (!isOver()) throw new AssertionError("the turn is not over: " + events);
        return (TurnEnded) events.get(events.size() - 1);
    }

    AgentException failure() {
        if (end() instanceof TurnFailed failed) return failed.error();
        throw new AssertionError("the turn has not failed: " + events);
    }

    String text() {
        return end().result().reply().text();
    }

    <T extends AgentEvent> List<T> told(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
