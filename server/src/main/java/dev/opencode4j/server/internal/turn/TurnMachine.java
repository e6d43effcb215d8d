package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.FirstEventTimeout;
import dev.opencode4j.core.error.IdleTimeout;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.Reconnected;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.server.internal.wire.Signal;
import dev.opencode4j.server.model.MessageInfo;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The life of one turn, from its prompt to its one end. Everything runs in the mailbox; nothing blocks.
 *
 * <p>The event stream is the fast way to learn what happens, and never the only one: it starts in the middle, breaks,
 * and may leave out the very event that ends the turn. After each gap, after an error, and when nothing has come for a
 * while, the server is asked, and what it says is reconciled with what was streamed.
 */
final class TurnMachine {

    private static final Duration SOON = Duration.ofMillis(300);

    /** A prompt that was taken shows soon, unless the server has many to begin with. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    /** 1.2.27 takes a prompt for an agent that it does not have in silence: that is found out early. */
    private static final Duration FIRST_LOOK_FOR_AGENT = Duration.ofMillis(600);

    private enum Phase {
        PREPARING,
        SUBMITTING,
        RUNNING,
        STOPPING,
        OVER
    }

    private final TurnContext turn;
    private final Opening opening;
    private final TurnOutput output;
    private final TurnClock clock;
    private final Inquiry inquiry;
    private final Listening listening;
    private Phase phase = Phase.PREPARING;
    private @Nullable String messageId;
    private @Nullable Submission submission;
    private @Nullable Stop stop;
    private Ticker.Cancellable timer = () -> {};

    TurnMachine(TurnContext turn, Opening opening, TurnOutput output) {
        this.turn = turn;
        this.opening = opening;
        this.output = output;
        this.clock = new TurnClock(turn.timeouts(), turn.ticker()::nanoTime);
        this.inquiry = new Inquiry(turn, this::asking, this::found, this::notFound, this::heard);
        this.listening = new Listening(turn, this, clock, output, inquiry);
    }

    Interactions interactions() {
        return listening.interactions();
    }

    /** Whether the prompt has been taken and nothing has ended the turn. */
    boolean isRunning() {
        return phase == Phase.RUNNING;
    }

    /** Whether the prompt has been sent and the turn has not ended. */
    boolean isUnderWay() {
        return phase != Phase.PREPARING && phase != Phase.OVER;
    }

    /** Begins: finds the session, listens, then finds an id, then sends; or looks, if the prompt is there. */
    void begin() {
        turn.upstream()
                .locate()
                .whenComplete((done, failure) -> turn.mailbox().post(() -> {
                    if (phase != Phase.PREPARING) return;
                    if (failure != null) fail(Failures.of(failure));
                    else prepare();
                }));
        watchTime();
    }

    private void prepare() {
        listening.begin();
        String given = opening.messageId();
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
    }

    private void identified(String id) {
        messageId = id;
        listening.forPrompt(id);
        inquiry.about(id);
        submitIfReady();
    }

    private void submitIfReady() {
        String id = messageId;
        if (phase != Phase.PREPARING || id == null || !listening.gap().isStreamUp()) return;
        phase = Phase.SUBMITTING;
        listening.gap().forget();
        output.started(id);
        Prompt prompt = opening.prompt();
        if (prompt == null) {
            listening.gap().beganUnheard();
            accepted();
        } else {
            submission = new Submission(turn, new Acceptance(), id, prompt);
            submission.send();
        }
    }

    // What the stream says.

    void streamIsUp() {
        clock.connected();
        if (phase == Phase.PREPARING) submitIfReady();
        else if (phase == Phase.RUNNING) inquiry.lookAtOnce();
    }

    void streamIsRefused(AgentException cause) {
        if (phase == Phase.PREPARING || cause instanceof AuthenticationException) fail(cause);
    }

    /** Idle ends the turn only if the turn is seen to be over: the event may be an earlier turn's, and late. */
    void sessionIsIdle() {
        Answers answers = listening.answers();
        AgentException error = listening.sessionError();
        if (stop != null) stop.sessionIsIdle(answers);
        else if (answers.areFinal() && output.isWhole()) finish();
        else if (error != null && answers.isPromptSeen() && !isAbort(error)) fail(error);
        else if (error != null || answers.areWhole()) inquiry.lookAfter(Duration.ZERO);
        else if (phase == Phase.RUNNING) inquiry.lookAfter(SOON);
    }

    void answersAreWhole() {
        if (stop != null) stop.answersAreWhole();
    }

    /** An abort is believed when it shows in the turn's own answers: it may be the last turn's, told late. */
    void sessionFailed(AgentException error) {
        if (phase == Phase.STOPPING) return;
        if (!isAbort(error)) output.tell(new ErrorReported(error));
        inquiry.lookAfter(SOON); // Trap 1: of an unknown agent no idle follows, ever.
    }

    private static boolean isAbort(AgentException error) {
        return error instanceof InterruptedTurnException;
    }

    // What the server says when asked.

    private void asking() {
        listening.lookBegins();
    }

    private void heard(Signal signal) {
        listening.handle(signal);
    }

    private void found(Snapshot snapshot) {
        clock.answered();
        listening.reconcile(snapshot);
        listening.gap().close().ifPresent(gap -> output.tell(new Reconnected(gap.length(), gap.cause())));
        inquiry.releaseHeld();
        if (snapshot.promptStored()) accepted();
        if (phase == Phase.RUNNING) judge(snapshot);
        else if (phase == Phase.SUBMITTING) inquiry.lookAgain(); // What failed was an earlier turn's.
    }

    private void judge(Snapshot snapshot) {
        switch (Verdict.of(snapshot, listening, inquiry.isUnanswered())) {
            case WORKING -> {
                listening.gotOver();
                if (listening.answers().isPromptSeen()) clock.heard();
            }
            case FINISHED -> finish();
            case FAILED -> fail(Objects.requireNonNull(listening.sessionError()));
            case BROKEN_OFF ->
                fail(ServerException.fatal(
                        "the server stopped in the middle of the turn; what it had not stored is gone", null));
            case PROMPT_LOST -> resubmit();
            case NEVER_RUN -> fail(ServerException.fatal("the server restarted before it ran the prompt", null));
            case UNKNOWN -> {
                if (!snapshot.promptStored()) explainSilence();
                inquiry.lookAgain();
            }
        }
    }

    /** 1.2.27 takes a prompt for an agent that it does not have, and says nothing, ever. */
    private void explainSilence() {
        String agent = opening.agent();
        if (agent == null) return;
        turn.upstream()
                .requireAgent(agent)
                .whenComplete((known, failure) -> turn.mailbox().post(() -> {
                    boolean isReason = failure != null && Failures.of(failure) instanceof BadRequestException;
                    if (isReason && phase == Phase.RUNNING) fail(Failures.of(failure));
                }));
    }

    private void resubmit() {
        if (phase != Phase.RUNNING) return;
        if (submission == null) fail(ServerException.fatal("the server no longer has the prompt", null));
        else if (!submission.sendAgain())
            fail(ServerException.fatal("the server loses the prompt again and again", null));
        else inquiry.lookAgain();
    }

    private void notFound(AgentException error) {
        if (!error.isRetryable()) inquiry.releaseHeld();
        boolean isFinal = error instanceof SessionNotFoundException || error instanceof AuthenticationException;
        if (error.isRetryable() || !(isFinal || inquiry.isHopeless())) inquiry.lookAgain();
        else if (listening.answers().areFinal()) finish();
        else if (phase == Phase.RUNNING) fail(error);
    }

    // The prompt.

    void accepted() {
        if (phase != Phase.SUBMITTING) return;
        phase = Phase.RUNNING;
        clock.accepted(opening.agent() == null ? FIRST_LOOK : FIRST_LOOK_FOR_AGENT);
        if (listening.answers().isPromptSeen()) clock.heard();
        watchTime();
        if (listening.gap().isOpen() && listening.gap().isStreamUp()) inquiry.lookAtOnce();
    }

    private final class Acceptance implements Submission.Listener {
        @Override
        public void accepted() {
            if (stop != null) stop.abort();
            TurnMachine.this.accepted();
        }

        @Override
        public void refused(AgentException error) {
            if (phase == Phase.STOPPING) stopped();
            else fail(error);
        }

        @Override
        public void abandoned() {
            if (stop != null && phase == Phase.STOPPING) stop.abort();
        }

        @Override
        public boolean isSettled() {
            return phase == Phase.STOPPING
                    || phase == Phase.OVER
                    || listening.answers().isPromptSeen();
        }
    }

    // Time.

    void watchTime() {
        if (phase == Phase.OVER || phase == Phase.STOPPING) return;
        timer.cancel();
        timer = turn.ticker()
                .schedule(
                        clock.nextCheck(listening.lastLife()),
                        () -> turn.mailbox().post(this::checkTime));
    }

    private void checkTime() {
        if (phase == Phase.OVER || phase == Phase.STOPPING) return;
        switch (clock.due(listening.lastLife())) {
            case TURN -> stop(deadlineExceeded());
            case CONNECT ->
                fail(new ConnectionException(
                        "the event stream was not ready within "
                                + turn.timeouts().connect(),
                        null,
                        null));
            case FIRST_EVENT -> stop(new FirstEventTimeout(turn.timeouts().firstEvent(), null));
            case IDLE -> stop(new IdleTimeout(turn.timeouts().idle(), null));
            case QUIET -> {
                clock.asks();
                inquiry.lookIfIdle(clock::answered);
            }
            case NOTHING -> {}
        }
        watchTime();
    }

    private DeadlineExceeded deadlineExceeded() {
        String refusal = listening.refusal();
        return refusal.isEmpty()
                ? new DeadlineExceeded(turn.timeouts().turn())
                : new DeadlineExceeded(turn.timeouts().turn(), refusal);
    }

    // The end.

    /** Stops the turn upstream and ends it, at the latest after the stop's patience. */
    void stop(@Nullable AgentException reason) {
        if (phase == Phase.OVER || phase == Phase.STOPPING) return;
        boolean nothingSent = phase == Phase.PREPARING;
        Stop begun = new Stop(turn, reason, this::stopped);
        stop = begun;
        phase = Phase.STOPPING;
        timer.cancel();
        if (nothingSent) {
            stopped();
            return;
        }
        listening.interactions().rejectAll();
        begun.begin();
    }

    private void stopped() {
        if (phase != Phase.STOPPING) return;
        over();
        AgentException reason = stop == null ? null : stop.reason();
        if (reason == null) output.interrupted();
        else output.failed(reason);
    }

    void finish() {
        MessageInfo last = listening.answers().last();
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
        if (isAbort(error)) output.interrupted();
        else output.failed(error);
    }

    private void over() {
        phase = Phase.OVER;
        timer.cancel();
        if (stop != null) stop.end();
        inquiry.end();
        listening.end();
        output.started(messageId == null ? "" : messageId);
    }
}
