package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.work.ChannelTurn;
import dev.opencode4j.core.work.Ticker;
import java.util.concurrent.Executor;

/** A turn on a server: the machine that runs it, and the views of what it tells. */
public final class ServerTurn extends ChannelTurn {

    private final String sessionId;
    private final Mailbox mailbox;
    private final TurnMachine machine;

    private ServerTurn(
            String sessionId, SessionOptions options, Upstream upstream, Ticker ticker, Surroundings surroundings) {
        super(options.eventBuffer(), surroundings.executor());
        this.sessionId = sessionId;
        this.mailbox = new Mailbox(this::broken);
        TurnContext turn = new TurnContext(sessionId, options, upstream, ticker, mailbox);
        this.machine = new TurnMachine(
                turn,
                surroundings.opening(),
                new TurnOutput(sessionId, channel(), options.replyLimit(), surroundings.onEnd()));
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
            throw nothingPending(requestId);
        }
    }

    @Override
    public void interrupt() {
        mailbox.post(() -> machine.stop(null));
    }
}
