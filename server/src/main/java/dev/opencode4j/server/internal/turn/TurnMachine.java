package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.FirstEventTimeout;
import dev.opencode4j.core.error.IdleTimeout;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.Reconnected;
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
final class TurnMachine implements PromptDelivery.Listener {

    private static final Duration SOON = Duration.ofMillis(300);

    /** A prompt that was taken shows soon, unless the server has many to begin with. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    /** 1.2.27 takes a prompt for an agent that it does not have in silence: that is found out early. */
    private static final Duration FIRST_LOOK_FOR_AGENT = Duration.ofMillis(600);

    /** Looks at an idle session that show nothing of a stored prompt; then it is never run. */
    private static final int MOST_EMPTY_LOOKS = 3;

    /** How long requests of the tools of a stopped turn are still rejected: a slow one asks late (1.15.13). */
    private static final Duration LINGER = Duration.ofSeconds(5);

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
    private final PromptDelivery delivery;
    private final TurnTimer timer;
    private Phase phase = Phase.PREPARING;
    private @Nullable String messageId;
    private @Nullable Stop stop;
    private @Nullable AgentException stopReason;
    private int emptyLooks;
    private boolean isListening = true;

    TurnMachine(TurnContext turn, Opening opening, TurnOutput output) {
        this.turn = turn;
        this.opening = opening;
        this.output = output;
        this.clock = new TurnClock(turn.timeouts(), turn.ticker()::nanoTime);
        this.inquiry = new Inquiry(turn, this::asking, this::found, this::notFound, this::heard);
        this.listening = new Listening(turn, this, clock, output, inquiry);
        this.delivery = new PromptDelivery(turn, opening, this);
        this.timer = new TurnTimer(turn, clock, listening::lastLife, this::due);
    }

    Interactions interactions() {
        return listening.interactions();
    }

    /** An event was too large or broken: something is missing. */
    void streamIsDamaged() {
        if (phase == Phase.RUNNING) inquiry.lookAtOnce();
    }

    /** Whether the prompt has been sent, and the server may still do something for it. */
    boolean isListening() {
        return isListening && phase != Phase.PREPARING && messageId != null;
    }

    /** Begins: finds the session, listens, then sends when it may; or looks, if the prompt is there. */
    void begin() {
        if (phase != Phase.PREPARING) return; // The client was closed first.
        turn.upstream()
                .locate()
                .whenComplete((done, failure) -> turn.mailbox().post(() -> {
                    if (phase != Phase.PREPARING) return;
                    if (failure != null) fail(Failures.of(failure));
                    else listening.begin();
                }));
        watchTime();
    }

    private void prepare() {
        clock.connected();
        String joined = opening.prompt() == null ? opening.messageId() : null;
        if (joined != null) join(joined);
        else if (messageId != null) submit();
        else if (!delivery.isInLane()) delivery.begin();
    }

    private void join(String joined) {
        identified(new NextMessage(joined, false));
        phase = Phase.SUBMITTING;
        output.started(joined);
        listening.gap().beganUnheard();
        accepted();
    }

    private void identified(NextMessage place) {
        messageId = place.id();
        listening.forPrompt(place);
        inquiry.about(place.id());
    }

    private void submit() {
        phase = Phase.SUBMITTING;
        listening.gap().forget();
        output.started(Objects.requireNonNull(messageId));
        delivery.post();
    }

    // What the stream says.

    void streamIsUp() {
        if (phase == Phase.PREPARING) prepare();
        else if (phase == Phase.RUNNING) inquiry.lookAtOnce();
    }

    void streamIsRefused(AgentException cause) {
        if (phase == Phase.PREPARING || cause instanceof AuthenticationException) fail(cause);
    }

    /** Idle ends the turn only if the turn is seen to be over: the event may be an earlier turn's, and late. */
    void sessionIsIdle() {
        Answers answers = listening.answers();
        AgentException error = listening.sessionError();
        if (stop != null) stop.sessionIsIdle();
        else if (answers.areFinal() && output.isWhole()) finish();
        else if (error != null && !answers.isEmpty() && !isAbort(error)) fail(error);
        else if (error != null || answers.areWhole()) inquiry.lookAfter(Duration.ZERO);
        else if (phase == Phase.RUNNING) inquiry.lookAfter(SOON);
    }

    void answersChanged() {
        emptyLooks = 0;
        if (stop != null) stop.answersChanged();
    }

    /** The server answers the latest prompt: it does not go back to one whose tools have been called for (seen on all). */
    void takenOver() {
        if (interactions().isRejected()) finish();
        else fail(Failures.takenOver());
    }

    /** Its model may run on, and nobody could ever read what it writes. */
    void sessionDeleted() {
        if (phase == Phase.OVER) return;
        turn.upstream().abort();
        cut(Failures.sessionDeleted());
    }

    /** An abort is believed when it shows in the turn's own answers: it may be the last turn's, told late. */
    void sessionFailed(AgentException error) {
        if (phase == Phase.STOPPING || phase == Phase.OVER) return;
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
        boolean isEmpty = snapshot.status().isIdle() && listening.answers().isEmpty();
        emptyLooks = isEmpty && !listening.hasNews() ? emptyLooks + 1 : 0;
        switch (Verdict.of(snapshot, listening, emptyLooks >= MOST_EMPTY_LOOKS)) {
            case WORKING -> {
                listening.gotOver();
                if (listening.answers().isPromptSeen()) clock.heard();
            }
            case FINISHED -> finish();
            case FAILED -> fail(Objects.requireNonNull(listening.sessionError()));
            case BROKEN_OFF -> fail(Failures.brokenOff());
            case PROMPT_LOST -> {
                delivery.postAgain();
                inquiry.lookAgain();
            }
            case NEVER_RUN -> replace(snapshot);
            case UNKNOWN -> {
                if (!snapshot.promptStored()) delivery.explainSilence();
                inquiry.lookAgain();
            }
        }
    }

    private void replace(Snapshot snapshot) {
        emptyLooks = 0;
        phase = Phase.SUBMITTING;
        boolean wasRead =
                snapshot.messages().stream().anyMatch(message -> message.info().isAssistant());
        delivery.replace(wasRead, listening.gap().wasBroken());
    }

    private void notFound(AgentException error) {
        if (!error.isRetryable()) inquiry.releaseHeld();
        boolean isFinal = error instanceof SessionNotFoundException || error instanceof AuthenticationException;
        if (error.isRetryable() || !(isFinal || inquiry.isHopeless())) inquiry.lookAgain();
        else if (listening.answers().areFinal()) finish();
        else if (phase == Phase.RUNNING) fail(error);
    }

    // The prompt.

    @Override
    public void placed(NextMessage place) {
        identified(place);
        if (phase == Phase.SUBMITTING) {
            output.promptedAgain(place.id());
            delivery.post();
        } else if (listening.gap().isStreamUp()) {
            submit();
        }
    }

    /** The server has the prompt: it said so, or it shows. */
    @Override
    public void accepted() {
        if (stop != null) stop.postEnded(delivery::enterFirst);
        if (phase != Phase.SUBMITTING) return;
        phase = Phase.RUNNING;
        clock.accepted(opening.agent() == null ? FIRST_LOOK : FIRST_LOOK_FOR_AGENT);
        if (listening.answers().isPromptSeen()) clock.heard();
        watchTime();
        if (listening.gap().isOpen() && listening.gap().isStreamUp()) inquiry.lookAtOnce();
    }

    @Override
    public void refused(AgentException error) {
        if (stop != null) stop.promptRefused();
        else if (phase == Phase.SUBMITTING || phase == Phase.PREPARING) fail(error);
    }

    @Override
    public void undeliverable(AgentException error) {
        fail(error);
    }

    @Override
    public void abandoned() {
        if (stop != null) stop.postEnded(delivery::enterFirst);
    }

    @Override
    public boolean isWanted() {
        return phase == Phase.PREPARING || phase == Phase.SUBMITTING;
    }

    @Override
    public boolean isPromptSeen() {
        return listening.answers().isPromptSeen();
    }

    @Override
    public boolean isStopping() {
        return stop != null;
    }

    // Time.

    /** The clock has changed. */
    void watchTime() {
        timer.plan();
    }

    private void due(TurnClock.Due due) {
        Timeouts limits = turn.timeouts();
        switch (due) {
            case TURN -> stop(new DeadlineExceeded(limits.turn(), listening.refusal()));
            case CONNECT -> fail(Failures.streamNotReady(limits.connect()));
            case FIRST_EVENT -> stop(new FirstEventTimeout(limits.firstEvent(), null));
            case IDLE -> stop(new IdleTimeout(limits.idle(), null));
            case QUIET -> {
                clock.asks();
                inquiry.lookIfIdle(clock::answered);
            }
            case NOTHING -> {}
        }
    }

    // The end.

    /** Stops the turn upstream and ends it, at the latest after the stop's patience. */
    void stop(@Nullable AgentException reason) {
        if (phase == Phase.OVER || phase == Phase.STOPPING) return;
        boolean isSent = delivery.isSent() || (opening.prompt() == null && phase == Phase.RUNNING);
        stopReason = reason;
        phase = Phase.STOPPING;
        timer.end();
        if (!isSent) {
            stopped();
            return;
        }
        Stop begun = new Stop(turn, listening, this::stopped, this::settled);
        stop = begun;
        begun.begin();
        listening.interactions().rejectAll();
        if (!delivery.isInLane()) delivery.enterFirst(begun::act);
        else if (listening.answers().isPromptSeen()) begun.act();
        else begun.awaitPost();
    }

    /** What was asked for too late is still rejected for a while; the session's next turn need not wait for that. */
    private void settled() {
        delivery.release();
        turn.ticker().schedule(LINGER, () -> turn.mailbox().post(this::endListening));
    }

    private void stopped() {
        if (phase != Phase.STOPPING) return;
        over();
        if (stopReason == null) output.interrupted();
        else output.failed(stopReason);
    }

    void finish() {
        MessageInfo last = listening.answers().last();
        AgentException error = last == null ? null : last.failure();
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

    /** The client was closed, or its server is gone: ends everything, with nothing more to be sent. */
    void cut(AgentException cause) {
        if (stop != null) stop.cancel();
        fail(cause);
        endListening();
    }

    private void over() {
        phase = Phase.OVER;
        timer.end();
        inquiry.end();
        if (stop == null) endListening();
        output.started(messageId == null ? "" : messageId);
    }

    private void endListening() {
        isListening = false;
        delivery.release();
        listening.end();
    }
}
