package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.FirstEventTimeout;
import dev.opencode4j.core.error.IdleTimeout;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.Reconnected;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.internal.stream.Subscriber;
import dev.opencode4j.server.internal.stream.Subscription;
import dev.opencode4j.server.internal.wire.Signal;
import dev.opencode4j.server.model.MessageInfo;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The life of one turn, from its prompt to its one end. Everything runs in the mailbox; nothing blocks.
 *
 * <p>The event stream is the fast way to learn what happens, and never the only one: it starts in the middle, breaks,
 * and may leave out the very event that ends the turn. After each gap, after an error, and when nothing has come for a
 * while, the server is asked, and what it says is reconciled with what was streamed.
 */
final class TurnMachine implements Subscriber {

    private static final Duration ABORT_PATIENCE = Duration.ofMillis(700);
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LATE_IDLE = Duration.ofSeconds(1);

    private enum Phase {
        PREPARING,
        SUBMITTING,
        RUNNING,
        STOPPING,
        OVER
    }

    private final TurnContext turn;
    private final Prompt prompt;
    private final TurnOutput output;
    private final TurnClock clock;
    private final Interactions interactions;
    private final Set<String> sessions = new HashSet<>(2);
    private final Gap gap;
    private final Inquiry inquiry;
    private Phase phase = Phase.PREPARING;
    private Answers answers = new Answers("");
    private @Nullable String messageId;
    private @Nullable Submission submission;
    private @Nullable Subscription subscription;
    private @Nullable AgentException sessionError;
    private @Nullable AgentException stopReason;
    private Ticker.Cancellable timer = () -> {};

    TurnMachine(TurnContext turn, Prompt prompt, TurnOutput output) {
        this.turn = turn;
        this.prompt = prompt;
        this.output = output;
        this.clock = new TurnClock(turn.timeouts(), turn.ticker()::nanoTime);
        this.interactions = new Interactions(turn, output::tell);
        this.gap = new Gap(turn.ticker()::nanoTime);
        this.inquiry = new Inquiry(turn, this::found, this::notFound);
        sessions.add(turn.sessionId());
    }

    Interactions interactions() {
        return interactions;
    }

    /** Begins: listens first, then finds an id, then sends. */
    void begin() {
        subscription = turn.upstream().subscribe(this);
        String given = prompt.messageId();
        if (given != null) {
            identified(given);
        } else {
            turn.upstream()
                    .nextMessageId()
                    .whenComplete((id, failure) -> turn.mailbox().post(() -> {
                        if (phase != Phase.PREPARING) return;
                        if (failure != null) fail(Failures.of(failure));
                        else identified(id);
                    }));
        }
        watchTime();
    }

    private void identified(String id) {
        messageId = id;
        answers = new Answers(id);
        inquiry.about(id);
        submitIfReady();
    }

    private void submitIfReady() {
        String id = messageId;
        if (phase != Phase.PREPARING || id == null || !gap.isStreamUp()) return;
        phase = Phase.SUBMITTING;
        output.started(new TurnStarted(turn.sessionId(), id));
        submission = new Submission(turn, new Acceptance(), id, prompt);
        submission.send();
    }

    // What the stream says.

    @Override
    public void ready(long connection) {
        turn.mailbox().post(() -> {
            if (!gap.streamCameUp(connection)) return;
            clock.connected();
            if (phase == Phase.PREPARING) submitIfReady();
            else if (phase == Phase.RUNNING) inquiry.lookAtOnce();
        });
    }

    @Override
    public void gap(long connection, AgentException cause) {
        turn.mailbox().post(() -> {
            gap.streamBroke(connection, cause);
            clock.resume(); // Nobody stands still for a server that may be dead.
        });
    }

    @Override
    public void refused(AgentException cause) {
        turn.mailbox().post(() -> {
            gap.refused();
            boolean final_ = phase == Phase.PREPARING || cause instanceof AuthenticationException;
            if (final_ && phase != Phase.OVER) fail(cause);
        });
    }

    @Override
    public void damaged() {
        turn.mailbox().post(() -> {
            if (phase == Phase.RUNNING) inquiry.lookAtOnce();
        });
    }

    @Override
    public void signal(Signal signal) {
        turn.mailbox().post(() -> {
            if (phase == Phase.OVER || phase == Phase.PREPARING) return;
            if (!inquiry.hold(signal)) handle(signal);
        });
    }

    private void handle(Signal signal) {
        if (phase == Phase.OVER) return;
        if (signal instanceof Signal.SessionBorn born) adopt(born.sessionId());
        else if (!signal.sessionId().equals(turn.sessionId())) handleChild(signal);
        else if (signal instanceof Signal.Told told) handleTold(told);
        else if (signal instanceof Signal.MessageChanged changed) messageChanged(changed.info());
        else if (signal instanceof Signal.Continuation continuation) answers.continuedWith(continuation.messageId());
        else if (signal instanceof Signal.StatusChanged changed) statusChanged(changed.status());
        else if (signal instanceof Signal.SessionFailed failed) sessionFailed(failed.error());
    }

    private void adopt(String child) {
        if (sessions.add(child) && subscription != null) subscription.watch(child);
    }

    /** Of a sub-agent's session only what it asks is the turn's. */
    private void handleChild(Signal signal) {
        clock.heard();
        if (signal instanceof Signal.Told told && interactions.take(told.event())) pauseOrGoOn();
    }

    private void handleTold(Signal.Told told) {
        String message = told.messageId();
        if (message.isEmpty()) {
            clock.heard();
            if (interactions.take(told.event())) pauseOrGoOn();
            else output.apply(told.event());
        } else if (answers.isOurs(message)) {
            clock.heard();
            output.apply(told.event());
        } else if (!answers.isForeign(message)) {
            output.park(told);
        } else if (told.event() instanceof PartAdded || told.event() instanceof PartFinished) {
            answers.spokenBySomebody(message);
        }
    }

    private void pauseOrGoOn() {
        if (interactions.isWaiting() && gap.isStreamUp()) clock.suspend();
        else clock.resume();
        watchTime();
    }

    private void messageChanged(MessageInfo info) {
        boolean others = info.isAssistant() && !answers.isOurs(info.id()) && answers.areFinal();
        if (answers.changed(info)) {
            clock.heard();
            output.structured(info.structured());
            output.release(info.id());
            if (answers.areFinal()) clock.askAfter(LATE_IDLE);
        } else {
            output.discard(info.id());
            if (answers.isPrompt(info.id())) clock.heard();
            else if (others) finish(); // Another prompt's turn has begun: trap 6, no idle comes between the two.
        }
        if (answers.isPromptSeen()) accepted();
    }

    private void statusChanged(SessionStatus status) {
        if (status.isRetry()) {
            clock.heard();
            Instant next = status.next();
            output.tell(new Retrying(status.attempt(), status.message(), next == null ? Instant.now() : next));
        } else if (status.isIdle()) {
            idle();
        }
    }

    /** Idle ends the turn only if the turn is seen to be over: the event may be an earlier turn's, and late. */
    private void idle() {
        if (phase == Phase.STOPPING) stopped();
        else if (answers.areFinal()) finish();
        else if (sessionError != null && !answers.isPromptSeen()) inquiry.lookAfter(Duration.ZERO);
        else if (sessionError != null) fail(sessionError);
        else if (phase == Phase.RUNNING) inquiry.lookAfter(answers.areWhole() ? Duration.ZERO : SOON);
    }

    private void sessionFailed(AgentException error) {
        clock.heard();
        sessionError = error;
        if (phase == Phase.STOPPING) return;
        output.tell(new ErrorReported(error));
        inquiry.lookAfter(SOON); // Trap 1: of an unknown agent no idle follows, ever.
    }

    // What the server says when asked.

    private void found(Snapshot snapshot) {
        if (phase == Phase.OVER) return;
        clock.asked();
        snapshot.children().forEach(this::adopt);
        snapshot.messages().forEach(message -> output.merge(message, answers));
        if (snapshot.promptStored()) accepted();
        interactions.reconcile(snapshot.permissions(), snapshot.questions(), sessions);
        pauseOrGoOn();
        gap.close().ifPresent(closed -> output.tell(new Reconnected(closed.length(), closed.cause())));
        inquiry.releaseHeld(this::handle);
        if (phase == Phase.RUNNING || phase == Phase.SUBMITTING) judge(snapshot);
    }

    private void judge(Snapshot snapshot) {
        if (!snapshot.status().isIdle()) {
            if (answers.isPromptSeen()) clock.heard();
        } else if (answers.areWhole()) {
            finish();
        } else if (sessionError != null) {
            fail(sessionError);
        } else if (!answers.isEmpty()) {
            fail(ServerException.fatal(
                    "the server stopped in the middle of the turn; what it had not stored is gone", null));
        } else if (!snapshot.promptStored() && gap.everBroke()) {
            resubmit();
        } else if (inquiry.isUnanswered() && gap.serverWasDown()) {
            fail(ServerException.fatal("the server restarted before it ran the prompt", null));
        } else {
            inquiry.lookAfter(Duration.ofSeconds(1));
        }
    }

    private void resubmit() {
        if (phase != Phase.RUNNING || submission == null) return;
        if (!submission.sendAgain()) fail(ServerException.fatal("the server loses the prompt again and again", null));
        else inquiry.lookAfter(Duration.ofSeconds(1));
    }

    private void notFound(AgentException error) {
        if (phase == Phase.OVER) return;
        inquiry.releaseHeld(this::handle);
        if (error instanceof ConnectionException || error.isRetryable()) inquiry.lookAfter(SOON);
        else if (phase == Phase.RUNNING) fail(error);
    }

    // The prompt.

    private void accepted() {
        if (phase != Phase.SUBMITTING) return;
        phase = Phase.RUNNING;
        if (answers.isPromptSeen()) clock.connected();
        else clock.accepted();
        clock.askAfter(Duration.ofSeconds(5));
        watchTime();
        if (gap.isOpen() && gap.isStreamUp()) inquiry.lookAtOnce();
    }

    private final class Acceptance implements Submission.Listener {
        @Override
        public void accepted() {
            if (phase == Phase.STOPPING) turn.upstream().abort(); // The first abort may have come before the prompt.
            TurnMachine.this.accepted();
        }

        @Override
        public void refused(AgentException error) {
            if (phase == Phase.STOPPING) stopped();
            else fail(error);
        }

        @Override
        public boolean isSettled() {
            return phase == Phase.OVER || answers.isPromptSeen();
        }
    }

    // Time.

    private void watchTime() {
        timer.cancel();
        if (phase == Phase.OVER || phase == Phase.STOPPING) return;
        timer = turn.ticker()
                .schedule(clock.nextCheck(lastLife()), () -> turn.mailbox().post(this::checkTime));
    }

    private long lastLife() {
        return subscription == null ? turn.ticker().nanoTime() : subscription.lastLife();
    }

    private void checkTime() {
        if (phase == Phase.OVER || phase == Phase.STOPPING) return;
        switch (clock.due(lastLife())) {
            case TURN -> stop(new DeadlineExceeded(turn.timeouts().turn(), null));
            case CONNECT ->
                fail(new ConnectionException(
                        "the event stream was not ready within "
                                + turn.timeouts().connect(),
                        null,
                        null));
            case FIRST_EVENT -> stop(new FirstEventTimeout(turn.timeouts().firstEvent(), null));
            case IDLE -> stop(new IdleTimeout(turn.timeouts().idle(), null));
            case QUIET -> {
                clock.asked();
                inquiry.lookIfIdle();
            }
            case NOTHING -> {}
        }
        watchTime();
    }

    // The end.

    /** Stops the turn upstream and ends it, at the latest after the abort's patience. */
    void stop(@Nullable AgentException reason) {
        if (phase == Phase.OVER || phase == Phase.STOPPING) return;
        stopReason = reason;
        boolean nothingSent = phase == Phase.PREPARING;
        phase = Phase.STOPPING;
        timer.cancel();
        if (nothingSent) {
            stopped();
            return;
        }
        interactions.rejectAll();
        turn.upstream().abort();
        timer = turn.ticker().schedule(ABORT_PATIENCE, () -> turn.mailbox().post(this::stopped));
    }

    private void stopped() {
        if (phase != Phase.STOPPING) return;
        over();
        if (stopReason == null) output.interrupted();
        else output.failed(stopReason);
    }

    private void finish() {
        MessageInfo last = answers.last();
        AgentException error = last == null ? null : last.error();
        if (error != null) {
            fail(error);
        } else if (phase == Phase.STOPPING) {
            stopped();
        } else if (phase != Phase.OVER) {
            over();
            output.completed();
        }
    }

    void fail(AgentException error) {
        if (phase == Phase.OVER) return;
        if (phase == Phase.STOPPING) {
            stopped();
            return;
        }
        over();
        if (error instanceof InterruptedTurnException) output.interrupted();
        else output.failed(error);
    }

    private void over() {
        phase = Phase.OVER;
        timer.cancel();
        if (messageId == null) output.started(new TurnStarted(turn.sessionId(), ""));
        else output.started(new TurnStarted(turn.sessionId(), messageId));
        if (subscription != null) subscription.close();
    }

    Optional<String> messageId() {
        return Optional.ofNullable(messageId);
    }
}
