package dev.opencode4j.zen.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.work.RetryPolicy;
import dev.opencode4j.core.work.TurnLimits;
import dev.opencode4j.core.work.TurnWriter;
import dev.opencode4j.core.work.WorkedTurn;
import dev.opencode4j.zen.internal.http.Outcome;
import dev.opencode4j.zen.internal.wire.Completion;
import dev.opencode4j.zen.internal.wire.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What a thread does for one turn: asks, runs what the model calls, asks again, until the model has answered. */
final class ChatTurn implements WorkedTurn.Work {

    private final Workshop workshop;
    private final History history;
    private final Ask ask;
    private final Duration connect;
    private boolean answerBegan;

    ChatTurn(Workshop workshop, History history, Ask ask, Duration connect) {
        this.workshop = workshop;
        this.history = history;
        this.ask = ask;
        this.connect = connect;
    }

    @Override
    public void run(TurnWriter writer, TurnLimits limits) throws InterruptedException {
        writer.started(ask.messageId());
        for (int failures = 1; ; failures++) {
            answerBegan = false;
            try {
                converse(writer, limits);
                return;
            } catch (AgentException e) {
                if (!mayRunAgain(e)) throw e;
                backOff(failures, e, null, writer, limits);
                writer.attemptFailed(e);
            }
        }
    }

    /** What was refused has been tried again already; what began is run again only if the caller says so. */
    private boolean mayRunAgain(AgentException error) {
        boolean mayGoBetter = error instanceof ServerException
                || (error instanceof ConnectionException && error.isRetryable())
                || error instanceof ProtocolException;
        return retry().reruns() && answerBegan && mayGoBetter;
    }

    private void converse(TurnWriter writer, TurnLimits limits) throws InterruptedException {
        ToolRunner tools = new ToolRunner(ask.tools(), writer, workshop.engine().turns());
        List<Message> turn = new ArrayList<>(ask.news());
        for (int number = 1; number <= ask.tools().maxRounds(); number++) {
            Round round = answer(number, turn, writer, limits);
            limits.quiet();
            round.close();
            turn.add(round.message());
            if (round.calls().isEmpty()) {
                if (ask.schema() != null) writer.structured(ask.schema().check(round.text()));
                writer.completed(() -> history.commit(turn, null));
                return;
            }
            ToolRunner.Ran ran = tools.run(round);
            turn.addAll(ran.results());
            if (!ran.waiting().isEmpty()) {
                writer.completed(() -> history.commit(turn, new History.Waiting(ran.waiting(), ask)));
                return;
            }
        }
        throw ServerException.fatal(
                "the model still calls tools after " + ask.tools().maxRounds() + " rounds", null);
    }

    private Round answer(int number, List<Message> turn, TurnWriter writer, TurnLimits limits)
            throws InterruptedException {
        byte[] json = completion(number, turn).json();
        for (int failures = 1; ; failures++) {
            Round round = new Round(writer, workshop.transport().where());
            answerBegan = true;
            Outcome outcome = workshop.transport().post(json, round, limits, connect);
            if (!(outcome instanceof Outcome.Refused refused)) return round;
            answerBegan = number > 1;
            if (!refused.again()) throw refused.error();
            backOff(failures, refused.error(), refused.notBefore(), writer, limits);
            if (number == 1) writer.attemptFailed(refused.error());
        }
    }

    private Completion completion(int number, List<Message> turn) {
        List<Message> messages = new ArrayList<>();
        if (ask.system() != null) messages.add(Message.system(ask.system()));
        messages.addAll(history.messages());
        messages.addAll(turn);
        return new Completion(
                ask.model(),
                messages,
                workshop.settings().sampling(),
                ask.schema() == null ? null : ask.schema().schema(),
                ask.tools().all(),
                number == 1 ? ask.tools().choice() : null);
    }

    /** Waits before the next try, or throws {@code error} if there is to be none. */
    private void backOff(
            int failures, AgentException error, @Nullable Instant notBefore, TurnWriter writer, TurnLimits limits)
            throws InterruptedException {
        Optional<Duration> pause = retry().pauseAfter(failures, notBefore, limits.left(), ThreadLocalRandom.current());
        if (pause.isEmpty()) throw error;
        limits.quiet();
        writer.tell(new Retrying(failures, error.reason(), Instant.now().plus(pause.get())));
        workshop.pause().await(pause.get());
    }

    private RetryPolicy retry() {
        return workshop.settings().retry();
    }
}
