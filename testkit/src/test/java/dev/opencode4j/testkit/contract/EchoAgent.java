package dev.opencode4j.testkit.contract;

import dev.opencode4j.core.Agent;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Capabilities;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.work.Engine;
import dev.opencode4j.core.work.OpenSessions;
import dev.opencode4j.core.work.TurnLimits;
import dev.opencode4j.core.work.TurnSlot;
import dev.opencode4j.core.work.TurnWriter;
import dev.opencode4j.core.work.WorkedTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** The smallest agent there is: it says what its {@link Voice} says, and keeps the promises of every agent. */
final class EchoAgent implements Agent {

    /** What answers; in a real agent, a model. */
    interface Voice {

        /** Says its answer to the last words of a conversation, piece by piece; fails as an agent does. */
        void answer(List<String> conversation, Consumer<String> piece) throws InterruptedException;
    }

    private static final Capabilities CAPABILITIES = new Capabilities(true, false, false, false, false, false, false);

    private final Voice voice;
    private final Engine engine = Engine.named("echo");
    private final OpenSessions<Session> sessions = new OpenSessions<>();

    EchoAgent(Voice voice) {
        this.voice = voice;
    }

    @Override
    public AgentSession open(SessionOptions options) {
        CAPABILITIES.check(options);
        return sessions.add(new Session("echo-" + UUID.randomUUID(), options));
    }

    @Override
    public AgentSession resume(String sessionId, SessionOptions options) {
        throw new UnsupportedFeatureException("an echo fades: session " + sessionId + " is not kept", null, null);
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public void close() {
        sessions.close();
        engine.close();
    }

    private final class Session implements AgentSession {

        private final String id;
        private final SessionOptions options;
        private final TurnSlot slot;
        private final List<String> memory = new ArrayList<>();

        Session(String id, SessionOptions options) {
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
            CAPABILITIES.check(prompt);
            return slot.start(free ->
                    WorkedTurn.start(id, options, engine, (writer, limits) -> work(prompt, writer, limits), free));
        }

        private void work(Prompt prompt, TurnWriter writer, TurnLimits limits) throws InterruptedException {
            String turn = UUID.randomUUID().toString();
            writer.started("prompt-" + turn);
            limits.accepted();
            List<String> conversation = new ArrayList<>(memory);
            conversation.add(prompt.text());
            StringBuilder said = new StringBuilder();
            writer.tell(new PartAdded(new TextPart("text-" + turn, "answer-" + turn, 0, "")));
            voice.answer(conversation, piece -> {
                limits.heard();
                said.append(piece);
                writer.tell(new TextDelta("text-" + turn, 0, piece));
            });
            writer.tell(new PartFinished(new TextPart("text-" + turn, "answer-" + turn, 0, said.toString())));
            writer.completed(
                    () -> { // What failed is as if it had not been said.
                        memory.add(prompt.text());
                        memory.add(said.toString());
                    });
        }

        @Override
        public void interrupt() {
            slot.interrupt();
        }

        @Override
        public void close() {
            slot.close();
            sessions.remove(this);
        }
    }
}
