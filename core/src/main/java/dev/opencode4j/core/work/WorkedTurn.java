package dev.opencode4j.core.work;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.QuestionReply;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A turn that a thread of its own works on, blocking as it likes. To stop it, the thread is interrupted; if it does not
 * stop for {@value #PATIENCE_MILLIS} ms, the turn ends without it, and what it still says is not heard.
 *
 * <p>Nothing is asked of the user in such a turn.
 */
public final class WorkedTurn extends ChannelTurn {

    private static final long PATIENCE_MILLIS = 700;

    /** What a thread does for a turn. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does it. Returning ends the turn well unless the writer was given another end; what is thrown is how it failed.
         *
         * @throws InterruptedException when the turn is to stop
         */
        void run(TurnWriter writer, TurnLimits limits) throws InterruptedException;
    }

    private final Supplier<String> sessionId;
    private final Ticker ticker;
    private final TurnWriter writer;
    private final TurnLimits limits;
    private final CountDownLatch left = new CountDownLatch(1);
    private boolean begun;
    private boolean stopping;
    private @Nullable AgentException stopReason;
    private @Nullable Future<?> worker;
    private Ticker.Cancellable timer = () -> {};

    private WorkedTurn(Supplier<String> sessionId, SessionOptions options, Engine engine, Runnable onEnd) {
        super(options.eventBuffer(), engine.consumers());
        this.sessionId = sessionId;
        this.ticker = engine.ticker();
        this.writer = new TurnWriter(sessionId, channel(), options.replyLimit(), () -> {
            setTimer(() -> {});
            onEnd.run();
        });
        this.limits = new TurnLimits(options.timeouts(), ticker::nanoTime, this::watchTime);
    }

    /**
     * Starts a turn and returns at once.
     *
     * @param onEnd runs just before the turn's end can be seen
     * @throws IllegalStateException if the engine is closed
     */
    public static WorkedTurn start(String sessionId, SessionOptions options, Engine engine, Work work, Runnable onEnd) {
        return start(() -> sessionId, options, engine, work, onEnd);
    }

    /**
     * Starts a turn whose session may have its id from the work itself, and returns at once.
     *
     * @param sessionId the session's id, empty as long as it has none
     * @param onEnd runs just before the turn's end can be seen
     * @throws IllegalStateException if the engine is closed
     */
    public static WorkedTurn start(
            Supplier<String> sessionId, SessionOptions options, Engine engine, Work work, Runnable onEnd) {
        WorkedTurn turn = new WorkedTurn(sessionId, options, engine, onEnd);
        turn.begin(engine.turns(), work);
        return turn;
    }

    private void begin(ExecutorService executor, Work work) {
        Future<?> future;
        try {
            watchTime();
            future = executor.submit(() -> work(work));
        } catch (RejectedExecutionException | ConnectionException e) {
            setTimer(() -> {});
            throw new IllegalStateException("the agent is closed", e);
        }
        boolean late;
        synchronized (this) {
            worker = future;
            late = stopping;
        }
        if (late) future.cancel(true);
    }

    private synchronized boolean mayBegin() {
        begun = true;
        return !stopping;
    }

    private void work(Work work) {
        try {
            if (!mayBegin()) throw new InterruptedException();
            work.run(writer, limits);
            writer.completed(() -> {});
        } catch (InterruptedException | InterruptedTurnException e) {
            stopped();
        } catch (AgentException e) {
            failed(e);
        } catch (RuntimeException | Error e) {
            failed(ServerException.unexpected(e));
        } finally {
            left.countDown();
        }
    }

    /** What fails because it was stopped has not failed. */
    private void failed(AgentException error) {
        if (isStopping()) stopped();
        else writer.failed(error);
    }

    private void stopped() {
        AgentException reason = stopReason();
        if (reason == null) writer.interrupted();
        else writer.failed(reason);
    }

    private void watchTime() {
        Duration wait = limits.nextCheck();
        synchronized (this) {
            if (!stopping && !channel().isEnded()) setTimer(ticker.schedule(wait, this::checkTime));
        }
    }

    private void checkTime() {
        if (channel().isEnded() || isStopping()) return;
        AgentException exceeded = limits.exceeded();
        if (exceeded == null) watchTime();
        else stop(exceeded);
    }

    private synchronized void setTimer(Ticker.Cancellable next) {
        timer.cancel();
        timer = next;
    }

    /** Stops the work; the first reason counts. */
    private void stop(@Nullable AgentException reason) {
        Future<?> running;
        boolean atOnce;
        synchronized (this) {
            if (stopping || channel().isEnded()) return;
            stopping = true;
            stopReason = reason;
            running = worker;
            atOnce = !begun;
        }
        boolean patient = hasPatience();
        if (running != null) running.cancel(true);
        if (atOnce || !patient) stopped();
        if (atOnce) left.countDown(); // What was cancelled before it began never comes to leave.
    }

    /** Gives the work some time to stop by itself; false if nobody would tell when that is over. */
    private boolean hasPatience() {
        try {
            setTimer(ticker.schedule(Duration.ofMillis(PATIENCE_MILLIS), this::stopped));
            return true;
        } catch (ConnectionException closed) {
            return false;
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized @Nullable AgentException stopReason() {
        return stopReason;
    }

    @Override
    public String sessionId() {
        return sessionId.get();
    }

    @Override
    public void reply(String requestId, PermissionReply reply) {
        throw nothingPending(requestId);
    }

    @Override
    public void answer(String requestId, QuestionReply reply) {
        throw nothingPending(requestId);
    }

    @Override
    public void interrupt() {
        stop(null);
    }

    @Override
    public void close() {
        super.close();
        try {
            boolean unused = left.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS); // What it held is freed then.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
