package dev.opencode4j.batch.kill;

import dev.opencode4j.core.Agent;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Capabilities;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.work.Engine;
import dev.opencode4j.core.work.TurnSlot;
import dev.opencode4j.core.work.TurnWriter;
import dev.opencode4j.core.work.WorkedTurn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** The agent at {@link Outside}. */
final class RemoteAgent implements Agent {

    private final URI url;
    private final Capabilities capabilities;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Engine engine = Engine.named("remote");

    RemoteAgent(URI url, Capabilities capabilities) {
        this.url = url;
        this.capabilities = capabilities;
    }

    @Override
    public AgentSession open(SessionOptions options) {
        try {
            return new Session(send("", "").body(), options);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public AgentSession resume(String sessionId, SessionOptions options) {
        return new Session(sessionId, options);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public void close() {
        engine.turns().shutdownNow();
        engine.close();
    }

    private HttpResponse<String> send(String session, String text) throws InterruptedException {
        return send(HttpRequest.newBuilder(url.resolve("/" + session))
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ConnectionException("cut", null, e);
        }
    }

    private static void say(String text, TurnWriter writer) {
        TextPart part = new TextPart("prt_1", "msg_1", 0, text);
        writer.tell(new PartAdded(part));
        writer.tell(new PartFinished(part));
    }

    private final class Session implements AgentSession {

        private final String id;
        private final SessionOptions options;
        private final TurnSlot slot;

        private Session(String id, SessionOptions options) {
            this.id = id;
            this.options = options;
            this.slot = new TurnSlot(id);
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Turn start(Prompt prompt) {
            return turn((writer, limits) -> say(send(id, prompt.text()).body(), writer));
        }

        private Turn turn(WorkedTurn.Work work) {
            return slot.start(free -> WorkedTurn.start(id, options, engine, work, free));
        }

        @Override
        public Optional<Turn> rejoin() {
            try {
                HttpResponse<String> answer =
                        send(HttpRequest.newBuilder(url.resolve("/" + id)).build());
                if (answer.statusCode() == 204) return Optional.empty();
                return Optional.of(turn((writer, limits) -> say(answer.body(), writer)));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void interrupt() {
            slot.interrupt();
        }

        @Override
        public void close() {
            slot.close();
        }
    }
}
