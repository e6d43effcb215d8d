package dev.opencode4j.batch;

import dev.opencode4j.core.Agent;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Capabilities;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.Usage;
import dev.opencode4j.core.work.Engine;
import dev.opencode4j.core.work.TurnSlot;
import dev.opencode4j.core.work.TurnWriter;
import dev.opencode4j.core.work.WorkedTurn;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent that does what a test says, and counts what it is told. */
final class FakeAgent implements Agent {

    /** What agents there are. */
    enum Kind {
        /** Like a server: runs tools, and its turns outlive us. */
        REATTACHING(true, true),
        /** Like a command line: runs tools, and its turns are out of reach once we are gone. */
        WITH_TOOLS(false, true),
        /** Like a bare model. */
        BARE(false, false);

        private final boolean reattaches;
        private final boolean runsTools;

        Kind(boolean reattaches, boolean runsTools) {
            this.reattaches = reattaches;
            this.runsTools = runsTools;
        }
    }

    /** Answers a prompt, for the {@code time}th time that it is sent. */
    @FunctionalInterface
    interface Mind {
        void answer(String prompt, int time, TurnWriter writer) throws InterruptedException;
    }

    /** Opens a session or fails. */
    interface Door {
        void open();
    }

    private final Kind kind;
    private final Mind mind;
    private final Engine engine = Engine.named("fake-agent");
    private final Map<String, Optional<String>> sessions = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> times = new ConcurrentHashMap<>();
    private final List<String> joined = new CopyOnWriteArrayList<>();
    private final List<String> titles = new CopyOnWriteArrayList<>();
    private volatile Door door = () -> {};
    private volatile boolean isNamingLate;

    FakeAgent(Kind kind, Mind mind) {
        this.kind = kind;
        this.mind = mind;
    }

    /** An agent that says each prompt again. */
    static FakeAgent echo(Kind kind) {
        return new FakeAgent(kind, (prompt, time, writer) -> say("echo " + prompt, writer));
    }

    static void say(String text, TurnWriter writer) {
        TextPart part = new TextPart("prt_1", "msg_1", 0, text);
        writer.tell(new PartAdded(part));
        writer.tell(new PartFinished(part));
        writer.tell(new StepFinished("prt_2", new Usage(10, 2, 0, 0, 0), new BigDecimal("0.001"), "stop"));
    }

    static void use(String tool, TurnWriter writer) {
        writer.tell(new PartAdded(ToolPart.builder("prt_0").tool(tool).index(0).build()));
    }

    void door(Door value) {
        door = value;
    }

    /** A session has no id before its first turn. */
    void nameLate() {
        isNamingLate = true;
    }

    /** This session is there, as an earlier run has left it. */
    void remember(String sessionId, String prompt) {
        sessions.put(sessionId, Optional.ofNullable(prompt));
    }

    /** How often this prompt was sent. */
    int times(String prompt) {
        AtomicInteger count = times.get(prompt);
        return count == null ? 0 : count.get();
    }

    /** The prompts of the turns that were joined. */
    List<String> joined() {
        return joined;
    }

    List<String> titles() {
        return titles;
    }

    @Override
    public AgentSession open(SessionOptions options) {
        door.open();
        titles.add(options.title());
        String id = "ses_" + (sessions.size() + 1) + "_" + System.nanoTime();
        sessions.put(id, Optional.empty());
        return new Session(id, options);
    }

    @Override
    public AgentSession resume(String sessionId, SessionOptions options) {
        door.open();
        if (!sessions.containsKey(sessionId)) {
            throw new SessionNotFoundException("no session " + sessionId, null, null);
        }
        return new Session(sessionId, options);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, true, kind.reattaches, kind.runsTools, false, true, false);
    }

    @Override
    public void close() {
        engine.turns().shutdownNow();
        engine.close();
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
            if (isNamingLate && sessions.get(id).isEmpty()) throw new IllegalStateException("not yet");
            return id;
        }

        @Override
        public Turn start(Prompt prompt) {
            sessions.put(id, Optional.of(prompt.text()));
            int time = times.computeIfAbsent(prompt.text(), text -> new AtomicInteger())
                    .incrementAndGet();
            return turn(prompt.text(), time);
        }

        private Turn turn(String prompt, int time) {
            return slot.start(free ->
                    WorkedTurn.start(id, options, engine, (writer, limits) -> mind.answer(prompt, time, writer), free));
        }

        @Override
        public Optional<Turn> rejoin() {
            if (!kind.reattaches) return AgentSession.super.rejoin();
            return sessions.get(id).map(prompt -> {
                joined.add(prompt);
                return turn(prompt, times(prompt));
            });
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
