package dev.opencode4j.zen.internal.http;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.core.work.TurnLimits;
import dev.opencode4j.zen.internal.net.Call;
import dev.opencode4j.zen.internal.net.Exchange;
import dev.opencode4j.zen.internal.net.Head;
import dev.opencode4j.zen.internal.wire.ChunkSink;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way to its intake, on the thread that brings it.
 *
 * <p>Done as soon as the answer is whole, whether or not the connection is free then; a connection that is not is cut
 * after {@link #GRACE}. So is one where an answer has finished and neither says that it is whole nor goes on.
 */
final class Answering implements Exchange {

    /** How long an answer that has finished is waited for; its usage follows within milliseconds. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final ChunkSink sink;
    private final Function<Head, Intake> intakes;
    private final Function<IOException, Outcome> unanswered;
    private final TurnLimits limits;
    private final Ticker ticker;
    private @Nullable Intake intake;
    private Ticker.@Nullable Cancellable grace;
    private @Nullable Call call;
    private boolean over;
    private boolean givenUp;

    /**
     * An answer to come.
     *
     * @param sink is told by the intake
     * @param intakes chooses by the head what takes in the body, or throws how the answer has failed by it
     * @param unanswered what it means that there was not even a head
     * @param limits is told how far it is
     */
    Answering(
            ChunkSink sink,
            Function<Head, Intake> intakes,
            Function<IOException, Outcome> unanswered,
            TurnLimits limits,
            Ticker ticker) {
        this.sink = sink;
        this.intakes = intakes;
        this.unanswered = unanswered;
        this.limits = limits;
        this.ticker = ticker;
    }

    /**
     * Waits for the end.
     *
     * @throws AgentException if the answer has begun and failed
     * @throws InterruptedException if the thread is interrupted; the connection is cut
     */
    Outcome await(Call sent) throws InterruptedException {
        if (isGivenUp(sent)) sent.cancel();
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AgentException failure ? failure : ServerException.unexpected(e);
        } catch (InterruptedException e) {
            sent.cancel();
            throw e;
        }
    }

    /** Whether it had failed, or was let go, before its sender knew it. */
    private synchronized boolean isGivenUp(Call sent) {
        call = sent;
        return givenUp || outcome.isCompletedExceptionally();
    }

    @Override
    public void sent() {
        limits.accepted();
    }

    @Override
    public void head(Head head) {
        limits.heard();
        Call failed = null;
        synchronized (this) {
            try {
                intake = intakes.apply(head);
            } catch (AgentException e) {
                failed = fail(e);
            }
        }
        if (failed != null) failed.cancel();
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
        Call failed = take(bytes, offset, length);
        if (failed != null) failed.cancel();
    }

    /** Takes what came; the call to be cancelled if the answer has failed and is not over, or null. */
    private synchronized @Nullable Call take(byte[] bytes, int offset, int length) {
        Intake taking = intake;
        if (over || taking == null) return null;
        limits.heard();
        Intake.Progress progress;
        try {
            progress = taking.take(bytes, offset, length);
        } catch (AgentException e) {
            return fail(e);
        } catch (RuntimeException | Error e) {
            return fail(ServerException.unexpected(e));
        }
        if (progress == Intake.Progress.WHOLE) conclude(taking, null);
        return progress == Intake.Progress.OPEN || grace != null ? null : giveUpLater();
    }

    /** At once if the agent is closed, for nobody would do it later: the call to be cancelled then, or null. */
    private @Nullable Call giveUpLater() {
        try {
            grace = ticker.schedule(GRACE, this::giveUp);
            return null;
        } catch (ConnectionException closed) {
            return letGo();
        }
    }

    @Override
    public void gathering() {
        sink.gathering();
    }

    @Override
    public void settled() {
        sink.settled();
    }

    @Override
    public synchronized void ended() {
        finish(null);
    }

    @Override
    public synchronized void broke(IOException cause) {
        if (intake != null) finish(cause);
        else if (!over) settle(() -> unanswered.apply(cause));
    }

    private void finish(@Nullable IOException cut) {
        if (grace != null) grace.cancel();
        if (intake != null) conclude(intake, cut);
    }

    /** Lets go of the connection; what has come by now is all. */
    private void giveUp() {
        Call left;
        synchronized (this) {
            left = letGo();
        }
        if (left != null) left.cancel();
    }

    private @Nullable Call letGo() {
        givenUp = true;
        finish(null);
        return call;
    }

    private void conclude(Intake taking, @Nullable IOException cut) {
        if (over) return;
        over = true;
        settle(() -> taking.conclude(cut));
    }

    private void settle(Supplier<Outcome> conclusion) {
        try {
            outcome.complete(conclusion.get());
        } catch (AgentException e) {
            outcome.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(ServerException.unexpected(e));
        }
    }

    private @Nullable Call fail(AgentException error) {
        over = true;
        if (grace != null) grace.cancel();
        outcome.completeExceptionally(error);
        return call;
    }
}
