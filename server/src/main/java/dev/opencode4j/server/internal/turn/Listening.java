package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.server.internal.stream.Subscriber;
import dev.opencode4j.server.internal.stream.Subscription;
import dev.opencode4j.server.internal.wire.Signal;
import dev.opencode4j.server.model.MessageInfo;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a turn makes of the event stream: which of the session's news are its own, and what they say. Everything runs
 * in the turn's mailbox.
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
    private final Set<String> sessions = new HashSet<>(2);
    private Answers answers = new Answers("");
    private volatile @Nullable Subscription subscription;
    private String refusal = "";
    private @Nullable AgentException sessionError;
    private boolean news;

    Listening(TurnContext turn, TurnMachine machine, TurnClock clock, TurnOutput output, Inquiry inquiry) {
        this.turn = turn;
        this.machine = machine;
        this.clock = clock;
        this.output = output;
        this.inquiry = inquiry;
        this.interactions = new Interactions(turn, output::tell, new Asked());
        this.gap = new Gap(turn.ticker()::nanoTime);
        sessions.add(turn.sessionId());
    }

    void begin() {
        subscription = turn.upstream().subscribe(this);
    }

    void forPrompt(String messageId) {
        answers = new Answers(messageId);
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
        turn.mailbox().post(() -> machine.fail(cause));
    }

    @Override
    public void damaged() {
        turn.mailbox().post(() -> {
            if (machine.isRunning()) inquiry.lookAtOnce();
        });
    }

    @Override
    public void signal(Signal signal) {
        if (signal instanceof Signal.SessionBorn born) watch(born.sessionId()); // At once: its events may come next.
        turn.mailbox().post(() -> {
            if (machine.isUnderWay() && !inquiry.hold(signal)) handle(signal);
        });
    }

    void handle(Signal signal) {
        if (!machine.isUnderWay()) return;
        news = true;
        if (signal instanceof Signal.SessionBorn born) adopt(born.sessionId());
        else if (!signal.sessionId().equals(turn.sessionId())) handleChild(signal);
        else if (signal instanceof Signal.Told told) handleTold(told);
        else if (signal instanceof Signal.MessageChanged changed) messageChanged(changed.info());
        else if (signal instanceof Signal.Continuation continuation) answers.continuedWith(continuation.messageId());
        else if (signal instanceof Signal.StatusChanged changed) statusChanged(changed.status());
        else if (signal instanceof Signal.SessionFailed failed) sessionFailed(failed.error());
    }

    private void adopt(String child) {
        if (sessions.add(child)) watch(child);
    }

    private void watch(String child) {
        Subscription mine = subscription;
        if (mine != null) mine.watch(child);
    }

    /** Of a sub-agent's session only what it asks is the turn's. */
    private void handleChild(Signal signal) {
        if (!sessions.contains(signal.sessionId())) return;
        clock.heard();
        if (signal instanceof Signal.Told told) interactions.take(told.event());
    }

    private void handleTold(Signal.Told told) {
        String message = told.messageId();
        if (message.isEmpty()) {
            clock.heard();
            if (!interactions.take(told.event())) output.tell(told.event());
        } else if (answers.isOurs(message)) {
            clock.heard();
            refusal = "";
            output.tell(told.event());
        } else if (!answers.isForeign(message)) {
            output.park(told);
        } else if (told.event() instanceof PartAdded added) {
            answers.said(message, added.part());
        } else if (told.event() instanceof PartFinished finished) {
            answers.said(message, finished.part());
        }
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
        boolean nextTurn = info.isAssistant() && !answers.isOurs(info.id()) && answers.areFinal();
        if (answers.changed(info)) {
            clock.heard();
            output.structured(info.structured());
            output.release(info.id());
            if (answers.areFinal()) {
                clock.askAfter(LATE_IDLE);
                machine.watchTime();
            }
            if (answers.areWhole()) machine.answersAreWhole();
        } else {
            output.discard(info.id());
            if (answers.isPrompt(info.id())) clock.heard();
            else if (nextTurn) machine.finish(); // Trap 6: between two queued turns no idle comes.
        }
        if (answers.isPromptSeen()) machine.accepted();
    }

    private void statusChanged(SessionStatus status) {
        if (status.isRetrying()) {
            clock.heard();
            Instant next = status.next();
            String message = status.message() == null ? "" : status.message();
            refusal = message;
            output.tell(new Retrying(status.attempt(), message, next == null ? Instant.now() : next));
        } else if (status.isIdle()) {
            machine.sessionIsIdle();
        } else {
            gotOver();
        }
    }

    private void sessionFailed(AgentException error) {
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
        snapshot.children().forEach(this::adopt);
        snapshot.messages().forEach(message -> output.merge(message, answers));
        interactions.reconcile(snapshot.permissions(), snapshot.questions(), sessions);
        pauseOrGoOn();
    }
}
