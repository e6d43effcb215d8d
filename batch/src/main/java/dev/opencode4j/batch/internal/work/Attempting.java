package dev.opencode4j.batch.internal.work;

import dev.opencode4j.batch.BatchFailure;
import dev.opencode4j.batch.BatchResult;
import dev.opencode4j.batch.internal.file.Past;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AmbiguousSubmitException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.error.TimeoutException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.reply.TurnResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one prompt, which blocks its thread. What is about to happen is in the ledger before it happens, and a
 * result is in its file before anybody hears of it.
 *
 * <p>A session that can't be opened is no prompt's fault: all have the same options. So that breaks the batch, which can be
 * resumed, and fails no prompt.
 */
final class Attempting {

    private final Item item;
    private final Equipment with;
    private @Nullable Thread opening;
    private @Nullable Turn turn;
    private boolean stopping;

    Attempting(Item item, Equipment with) {
        this.item = item;
        this.with = with;
    }

    Item item() {
        return item;
    }

    /** Stops it, soon; what can't be stopped any more is finished. Returns at once. */
    synchronized void interrupt() {
        stopping = true;
        if (turn != null) turn.interrupt();
        else if (opening != null) opening.interrupt();
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    Verdict run() {
        synchronized (this) {
            if (stopping) return new Verdict.Left();
            opening = Thread.currentThread();
        }
        try {
            return attempt();
        } catch (IOException | RuntimeException | Error e) {
            return new Verdict.Broken(e);
        } finally {
            unmark();
        }
    }

    /** The thread is not ours any more, and takes no interrupt of ours along. */
    private synchronized void unmark() {
        opening = null;
        Thread.interrupted();
    }

    private Verdict attempt() throws IOException {
        List<String> tools = item.toolsBeforeInterruption();
        if (!tools.isEmpty() && !with.retry().reruns()) return finished(doneHalf(tools), null);
        Past.InFlight flight = item.inFlight();
        if (flight == null) return fresh();
        if (with.capabilities().reattach()) {
            Verdict verdict = joined(flight);
            if (verdict != null) return verdict;
        }
        if (with.capabilities().tools() && !with.retry().reruns()) return finished(ambiguous(flight), null);
        item.lost(flight);
        return fresh();
    }

    private Verdict fresh() throws IOException {
        AgentSession session;
        try {
            session = with.agent().open(with.optionsFor(item));
        } catch (AgentException e) {
            return notOpened(e);
        }
        try (session) {
            return send(session);
        }
    }

    /** Goes on with the turn that was begun before; null if that is out of reach. */
    private @Nullable Verdict joined(Past.InFlight flight) throws IOException {
        AgentSession session;
        try {
            session = with.agent().resume(flight.sessionId(), with.optionsFor(item));
        } catch (SessionNotFoundException e) {
            return null;
        } catch (AgentException e) {
            return notOpened(e);
        }
        try (session) {
            Optional<Turn> running;
            try {
                running = session.rejoin();
            } catch (UnsupportedFeatureException e) {
                return null;
            } catch (AgentException e) {
                return notOpened(e);
            }
            return running.isPresent() ? await(running.get(), flight) : send(session);
        }
    }

    private Verdict notOpened(AgentException error) {
        if (isStopping()) return new Verdict.Left();
        if (!error.isRetryable() && !(error instanceof TimeoutException)) return new Verdict.Broken(error);
        Optional<Duration> pause = with.pauseAfter(item.failed());
        return pause.isPresent() ? again(error, pause.get()) : new Verdict.Broken(error);
    }

    private static Verdict again(AgentException error, Duration pause) {
        return error.retryAt()
                .<Verdict>map(at -> new Verdict.Refused(error, at))
                .orElseGet(() -> new Verdict.Again(error, pause));
    }

    private Verdict send(AgentSession session) throws IOException {
        if (isStopping()) return new Verdict.Left();
        Past.InFlight flight = new Past.InFlight(idOf(session), with.clock().instant());
        with.memory().ledger().started(item.id(), flight.sessionId(), flight.startedAt());
        item.inFlight(flight);
        Turn started;
        try {
            started = session.start(item.prompt().toPrompt());
        } catch (AgentException e) {
            return failed(e, flight);
        } catch (RuntimeException e) {
            item.keep(null, flight.startedAt(), e);
            return finished(item.failed(BatchFailure.of(e), null, flight.sessionId()), null);
        }
        return await(started, flight);
    }

    /** Some agents learn a session's id in its first turn. */
    private static String idOf(AgentSession session) {
        try {
            return session.id();
        } catch (IllegalStateException notYet) {
            return "";
        }
    }

    private Verdict await(Turn running, Past.InFlight flight) throws IOException {
        begun(running);
        TurnResult result;
        try (running) {
            result = running.result();
        } catch (AgentException e) {
            return failed(e, flight);
        }
        return finished(item.completed(result), null);
    }

    private synchronized void begun(Turn running) {
        turn = running;
        if (!stopping) return;
        Thread.interrupted(); // It was meant for what came before the turn, and would keep us from seeing its end.
        running.interrupt();
    }

    private Verdict failed(AgentException error, Past.InFlight flight) throws IOException {
        if (isStopping() && !Repetition.isLasting(error)) return stopped(error, flight);
        TurnResult received = error.partial().orElse(null);
        boolean canJoin = Repetition.isLostContact(error) && with.capabilities().reattach();
        if (canJoin || Repetition.isAllowed(error, with.capabilities().tools(), with.retry())) {
            Optional<Duration> pause = with.pauseAfter(item.failed());
            if (pause.isPresent()) {
                if (!canJoin) landed(error, flight);
                return again(error, pause.get());
            }
        }
        item.keep(received, flight.startedAt(), error);
        return finished(
                item.failed(BatchFailure.of(error), received, flight.sessionId()),
                error.retryAt().orElse(null));
    }

    private void landed(AgentException error, Past.InFlight flight) throws IOException {
        item.keep(error.partial().orElse(null), flight.startedAt(), error);
        item.landed();
        with.memory().ledger().ended(item.id(), item.attempts());
    }

    /** What fails because it was stopped has not failed; unless we know its end it counts as under way. */
    private Verdict stopped(AgentException error, Past.InFlight flight) throws IOException {
        if (error instanceof InterruptedTurnException && error.partial().isPresent()) {
            item.keep(error.partial().get(), flight.startedAt(), error);
            with.memory().ledger().interrupted(item.id(), item.attempts(), Repetition.toolsUsed(error));
        }
        return new Verdict.Left();
    }

    private Verdict finished(BatchResult result, @Nullable Instant notBefore) throws IOException {
        with.memory().results().append(result);
        with.memory().ledger().finished(item.id());
        return new Verdict.Finished(result, notBefore);
    }

    private BatchResult ambiguous(Past.InFlight flight) {
        item.lost(flight);
        String message = "the run before this one ended while the prompt was with the agent in session '"
                + flight.sessionId()
                + "'. It may have run, and this agent can neither be asked nor runs prompts that leave"
                + " no trace. Look what it did, or run it again with RetryPolicy.rerun (--rerun 1).";
        return item.failed(
                new BatchFailure(AmbiguousSubmitException.class.getSimpleName(), message), null, flight.sessionId());
    }

    private BatchResult doneHalf(List<String> tools) {
        String message = "the run before this one was interrupted when the agent had used " + String.join(", ", tools)
                + ". Look what it did, or run it again with RetryPolicy.rerun (--rerun 1).";
        return item.failed(new BatchFailure(InterruptedTurnException.class.getSimpleName(), message), null, null);
    }
}
