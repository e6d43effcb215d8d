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

    /**
     * An answer to come.
     *
     * @param sink is told by the intake
     * @param intakes chooses by the head what takes in the body
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
        carriedBy(sent);
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AgentException failure ? failure : ServerException.unexpected(e);
        } catch (InterruptedException e) {
            sent.cancel();
            throw e;
        }
    }

    private synchronized void carriedBy(Call sent) {
        call = sent;
        if (outcome.isCompletedExceptionally()) sent.cancel();
    }

    @Override
    public void sent() {
        limits.accepted();
    }

    @Override
    public synchronized void head(Head head) {
        limits.heard();
        intake = intakes.apply(head);
    }

    @Override
    public synchronized void body(byte[] bytes, int offset, int length) {
        Intake taking = intake;
        if (over || taking == null) return;
        limits.heard();
        Intake.Progress progress;
        try {
            progress = taking.take(bytes, offset, length);
        } catch (AgentException e) {
            fail(e);
            return;
        } catch (RuntimeException e) {
            fail(ServerException.unexpected(e));
            return;
        }
        if (progress == Intake.Progress.OPEN) return;
        if (progress == Intake.Progress.WHOLE) conclude(taking, null);
        if (grace == null) grace = giveUpLater();
    }

    /** At once if the agent is closed: nobody would do it later. */
    private Ticker.Cancellable giveUpLater() {
        try {
            return ticker.schedule(GRACE, this::giveUp);
        } catch (ConnectionException closed) {
            giveUp();
            return () -> {};
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
        if (intake == null) outcome.complete(unanswered.apply(cause));
        else finish(cause);
    }

    private void finish(@Nullable IOException cut) {
        if (grace != null) grace.cancel();
        if (intake != null) conclude(intake, cut);
    }

    /** Lets go of the connection; what has come by now is all. */
    private synchronized void giveUp() {
        finish(null);
        if (call != null) call.cancel();
    }

    private void conclude(Intake taking, @Nullable IOException cut) {
        if (over) return;
        over = true;
        try {
            outcome.complete(taking.conclude(cut));
        } catch (AgentException e) {
            outcome.completeExceptionally(e);
        } catch (RuntimeException e) {
            outcome.completeExceptionally(ServerException.unexpected(e));
        }
    }

    private void fail(AgentException error) {
        over = true;
        if (grace != null) grace.cancel();
        outcome.completeExceptionally(error);
        if (call != null) call.cancel();
    }
}
