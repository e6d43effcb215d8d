package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.spi.TurnChannel;
import dev.opencode4j.core.work.Ticker;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/** A turn on a server: the machine that runs it, and the views of what it tells. */
public final class ServerTurn implements Turn {

    private final String sessionId;
    private final Mailbox mailbox;
    private final TurnChannel channel;
    private final TurnMachine machine;

    private ServerTurn(
            String sessionId, SessionOptions options, Upstream upstream, Ticker ticker, Surroundings surroundings) {
        this.sessionId = sessionId;
        this.mailbox = new Mailbox(this::broken);
        this.channel = new TurnChannel(options.eventBuffer(), surroundings.executor());
        TurnContext turn = new TurnContext(sessionId, options, upstream, ticker, mailbox);
        this.machine = new TurnMachine(turn, surroundings.opening(), new TurnOutput(channel, surroundings.onEnd()));
    }

    /**
     * What a turn is given beside its session.
     *
     * @param opening how it begins
     * @param executor runs the consumer's code
     * @param onEnd runs just before the last event
     */
    public record Surroundings(Opening opening, Executor executor, Runnable onEnd) {}

    /** Starts a turn and returns at once. */
    public static ServerTurn start(
            String sessionId, SessionOptions options, Upstream upstream, Ticker ticker, Surroundings surroundings) {
        ServerTurn turn = new ServerTurn(sessionId, options, upstream, ticker, surroundings);
        turn.mailbox.post(turn.machine::begin);
        return turn;
    }

    /** A defect of ours must not leave a turn without its end. */
    private void broken(Throwable defect) {
        machine.fail(Failures.of(defect));
    }

    @Override
    public String sessionId() {
        return sessionId;
    }

    @Override
    public Iterator<AgentEvent> iterator() {
        return channel.iterator();
    }

    @Override
    public TurnResult result() {
        return channel.result();
    }

    @Override
    public CompletionStage<TurnResult> completion() {
        return channel.completion();
    }

    @Override
    public Flow.Publisher<AgentEvent> publisher() {
        return channel.publisher();
    }

    @Override
    public void reply(String requestId, PermissionReply reply) {
        claim(requestId);
        mailbox.post(() -> machine.interactions().give(requestId, reply));
    }

    @Override
    public void answer(String requestId, QuestionReply reply) {
        claim(requestId);
        mailbox.post(() -> machine.interactions().give(requestId, reply));
    }

    private void claim(String requestId) {
        if (!machine.interactions().claim(requestId)) {
            throw new IllegalArgumentException("requestId: no request '" + requestId + "' of this turn is pending");
        }
    }

    @Override
    public void interrupt() {
        mailbox.post(() -> machine.stop(null));
    }

    @Override
    public void close() {
        interrupt();
        try {
            channel.result();
        } catch (AgentException e) {
            // How it ended is for those who ask; here it only matters that it has.
        }
    }
}
