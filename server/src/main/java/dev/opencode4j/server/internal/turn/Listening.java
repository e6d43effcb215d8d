package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.server.internal.stream.Subscriber;
import dev.opencode4j.server.internal.stream.Subscription;
import dev.opencode4j.server.internal.v1.TaskCallReader;
import dev.opencode4j.server.internal.wire.Signal;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.MessageInfo;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a turn makes of the event stream: its own events, as {@link EventOwnership} tells them from others', and what
 * they say. Everything runs in the turn's mailbox.
 */
final class Listening implements Subscriber {

    /** How long an idle event may be late after the answers are whole. */
    private static final Duration LATE_IDLE = Duration.ofSeconds(1);

    private final TurnContext turn;
    private final TurnMachine machine;
    private final TurnClock clock;
    private final TurnOutput output;
    private final Interactions interactions;
    private final Inquiry inquiry;
    private final Gap gap;
    private final SubAgents subAgents = new SubAgents(this::watch, this::subAgentsMessageChanged);
    private Answers answers;
    private EventOwnership ownership;
    private volatile @Nullable Subscription subscription;
    private String refusal = "";
    private @Nullable AgentException sessionError;
    private boolean news;
    private boolean beganBehindOthers;

    Listening(TurnContext turn, TurnMachine machine, TurnClock clock, TurnOutput output, Inquiry inquiry) {
        this.turn = turn;
        this.machine = machine;
        this.clock = clock;
        this.output = output;
        this.inquiry = inquiry;
        this.interactions = new Interactions(turn, output::tell, new Asked());
        this.gap = new Gap(turn.ticker()::nanoTime);
        this.answers = new Answers("");
        this.ownership = new EventOwnership(turn.sessionId(), answers, subAgents);
    }

    void begin() {
        subscription = turn.upstream().subscribe(this);
    }

    /** From here on the answers to this prompt are the turn's. */
    void forPrompt(NextMessage prompt) {
        answers = new Answers(prompt.id());
        ownership = new EventOwnership(turn.sessionId(), answers, subAgents);
        beganBehindOthers = prompt.isBehindOthers();
        sessionError = null;
    }

    /** Whether the server is at work on another turn, and on this one only after that. */
    boolean isBehindOthers() {
        return answers.isEmpty() && (beganBehindOthers || answers.isLatestOthers());
    }

    void end() {
        Subscription mine = subscription;
        if (mine != null) mine.close();
    }

    long lastLife() {
        Subscription mine = subscription;
        return mine == null ? turn.ticker().nanoTime() : mine.lastLife();
    }

    Answers answers() {
        return answers;
    }

    Interactions interactions() {
        return interactions;
    }

    Gap gap() {
        return gap;
    }

    /** The server was asked, and the session is at work: it got over its error. */
    void gotOver() {
        sessionError = null;
    }

    /** The error that the session met and did not get over, or null. */
    @Nullable
    AgentException sessionError() {
        return sessionError;
    }

    @Override
    public void ready(long connection) {
        turn.mailbox().post(() -> {
            if (gap.streamCameUp(connection)) machine.streamIsUp();
        });
    }

    @Override
    public void gap(long connection, AgentException cause) {
        turn.mailbox().post(() -> {
            gap.streamBroke(connection, cause);
            clock.resume(); // Nobody stands still for a server that may be dead.
            machine.watchTime();
        });
    }

    @Override
    public void refused(AgentException cause) {
        turn.mailbox().post(() -> {
            gap.refused();
            machine.streamIsRefused(cause);
        });
    }

    @Override
    public void closed(AgentException cause) {
        turn.mailbox().post(() -> machine.cut(cause));
    }

    @Override
    public void damaged() {
        turn.mailbox().post(machine::streamIsDamaged);
    }

    @Override
    public void signal(Signal signal) {
        watchSubAgent(signal); // At once: its events may come next.
        turn.mailbox().post(() -> {
            if (machine.isListening() && !inquiry.hold(signal)) handle(signal);
        });
    }

    private void watchSubAgent(Signal signal) {
        String session = null;
        if (signal instanceof Signal.SessionBorn born) session = born.sessionId();
        else if (signal instanceof Signal.Told told && told.event() instanceof ToolProgressed progressed)
            session = TaskCallReader.subAgentSession(progressed.tool());
        if (session != null) watch(session);
    }

    void handle(Signal signal) {
        if (!machine.isListening()) return;
        news = true;
        if (signal instanceof Signal.Told told) handleTold(told);
        else if (signal.sessionId().equals(turn.sessionId())) handleSession(signal);
        else if (signal instanceof Signal.MessageChanged changed) subAgentsMessageChanged(changed.info());
    }

    private void subAgentsMessageChanged(MessageInfo info) {
        SubAgentMessages messages = subAgents.find(info.sessionId());
        if (messages == null) subAgents.keep(info);
        else if (messages.changed(info)) output.release(info.id(), this::handleSubAgents);
    }

    private void handleSession(Signal signal) {
        if (signal instanceof Signal.MessageChanged changed) messageChanged(changed.info());
        else if (signal instanceof Signal.Continuation continuation) answers.continuedWith(continuation.messageId());
        else if (signal instanceof Signal.StatusChanged changed) statusChanged(changed.status(), ownership.of(signal));
        else if (signal instanceof Signal.SessionFailed failed) sessionFailed(failed.error(), ownership.of(signal));
        else if (signal instanceof Signal.SessionDeleted) machine.sessionDeleted();
    }

    private void watch(String session) {
        Subscription mine = subscription;
        if (mine != null) mine.watch(session);
    }

    private void handleTold(Signal.Told told) {
        boolean isSubAgents = !told.sessionId().equals(turn.sessionId());
        switch (ownership.of(told)) {
            case TURN -> {
                clock.heard();
                if (isSubAgents) handleSubAgents(told.event());
                else handleOwn(told.event());
            }
            case UNKNOWN -> {
                if (isSubAgents) handleOthers(told);
                if (!told.messageId().isEmpty() && isWorthKeeping(told, isSubAgents)) output.park(told);
            }
            case OTHERS -> handleOthers(told);
        }
    }

    /** Takes in something that is surely the turn's. */
    private void handleOwn(AgentEvent event) {
        refusal = "";
        if (event instanceof ToolProgressed progressed) subAgents.sighted(progressed.tool());
        if (!interactions.take(event)) output.tell(event);
    }

    /** Of a sub-agent's session only what it asks is the turn's, and which sub-agents it starts itself. */
    private void handleSubAgents(AgentEvent event) {
        if (event instanceof ToolProgressed progressed) subAgents.sighted(progressed.tool());
        else interactions.take(event);
    }

    /** Of sub-agents only the requests are the turn's. */
    private static boolean isWorthKeeping(Signal.Told told, boolean isSubAgents) {
        return !isSubAgents || told.event() instanceof PermissionAsked || told.event() instanceof QuestionAsked;
    }

    private void handleOthers(Signal.Told told) {
        if (told.messageId().isEmpty()) return;
        if (told.event() instanceof PartAdded added) said(told, added.part());
        else if (told.event() instanceof PartFinished finished) said(told, finished.part());
    }

    private void said(Signal.Told told, Part part) {
        SubAgentMessages messages = subAgents.find(told.sessionId());
        if (messages != null) messages.said(told.messageId(), part);
        else if (told.sessionId().equals(turn.sessionId())) answers.said(told.messageId(), part);
    }

    /** What the provider said when it last refused; empty if it never did, or has answered since. */
    String refusal() {
        return refusal;
    }

    private void pauseOrGoOn() {
        if (interactions.isWaiting() && gap.isStreamUp()) clock.suspend();
        else clock.resume();
        machine.watchTime();
    }

    private final class Asked implements Interactions.Listener {
        @Override
        public void waitingChanged() {
            pauseOrGoOn();
        }

        @Override
        public void answerLost() {
            inquiry.lookAgain();
        }
    }

    private void messageChanged(MessageInfo info) {
        // A summary of the server's own comes before it goes on with this turn.
        boolean othersBegin = info.isAssistant() && !info.summary() && answers.areWhole() && !answers.isOurs(info.id());
        boolean wasFinal = answers.areFinal();
        if (answers.changed(info)) {
            clock.heard();
            output.structured(info.structured());
            output.release(info.id(), this::handleOwn);
            if (answers.areFinal()) {
                clock.askAfter(LATE_IDLE);
                machine.watchTime();
            }
            machine.answersChanged();
        } else {
            output.discard(info.id());
            if (answers.isPrompt(info.id())) clock.heard();
            else if (othersBegin && wasFinal) machine.finish(); // Trap 6: between two queued turns no idle comes.
            else if (othersBegin && answers.isLatestOthers()) machine.takenOver();
            else if (info.error() != null && answers.isEmpty()) sessionError = null; // It was that turn's.
        }
        if (answers.isPromptSeen()) machine.accepted();
    }

    private void statusChanged(SessionStatus status, EventOwnership.Owner owner) {
        if (status.isIdle()) {
            beganBehindOthers = false;
            machine.sessionIsIdle();
        } else if (!status.isRetrying()) {
            gotOver();
        } else if (owner == EventOwnership.Owner.TURN) {
            clock.heard();
            Instant next = status.next();
            String message = status.message() == null ? "" : status.message();
            refusal = message;
            output.tell(new Retrying(status.attempt(), message, next == null ? Instant.now() : next));
        }
    }

    /**
     * An error without an answer of ours may be that of an agent or a model that does not exist, which has none; but not
     * while another turn is at work.
     */
    private void sessionFailed(AgentException error, EventOwnership.Owner owner) {
        if (owner == EventOwnership.Owner.OTHERS || isBehindOthers()) return;
        clock.heard();
        if (sessionError == null) sessionError = error; // The second one is a stack trace (1.15.13, 1.18.33).
        machine.sessionFailed(error);
    }

    /** The server is about to be asked. */
    void lookBegins() {
        news = false;
        interactions.lookBegins();
    }

    /** Whether something was told since the server was asked last. */
    boolean hasNews() {
        return news;
    }

    /** Takes in what the server says when it is asked. */
    void reconcile(Snapshot snapshot) {
        snapshot.messages().forEach(message -> output.merge(message, answers, this::handleOwn));
        snapshot.taskCalls().forEach(this::reconcile);
        snapshot.subAgentMessages().forEach(this::reconcile);
        interactions.reconcile(
                snapshot.permissions().stream()
                        .filter(request -> isOurs(request.sessionId(), request.messageId()))
                        .toList(),
                snapshot.questions().stream()
                        .filter(request -> isOurs(request.sessionId(), request.messageId()))
                        .toList());
        pauseOrGoOn();
    }

    private void reconcile(TaskCall call) {
        if (isOurs(call.sessionId(), call.messageId())) subAgents.add(call.subAgent(), call.prompt());
    }

    private void reconcile(Message message) {
        SubAgentMessages messages = subAgents.find(message.info().sessionId());
        if (messages != null && messages.stored(message)) output.release(message.id(), this::handleSubAgents);
    }

    private boolean isOurs(String session, @Nullable String message) {
        return ownership.ofRequest(session, message) == EventOwnership.Owner.TURN;
    }
}
