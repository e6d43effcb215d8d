package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.AgentException;
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
        TurnContext turn = new TurnContext(sessionId, options, upstream, ticker, mailbox, surroundings.executor());
        this.machine = new TurnMachine(
                turn,
                surroundings.opening(),
                new TurnOutput(sessionId, channel(), options.replyLimit(), () -> end(surroundings)));
    }

    private void end(Surroundings surroundings) {
        surroundings.turns().remove(this);
        surroundings.onEnd().run();
    }

    /**
     * What a turn is given beside its session.
     *
     * @param opening how it begins
     * @param executor runs the consumer's code and the policies
     * @param turns what the turn belongs to until it ends
     * @param onEnd runs just before the last event
     */
    public record Surroundings(Opening opening, Executor executor, LiveTurns turns, Runnable onEnd) {}

    /** Starts a turn and returns at once. */
    public static ServerTurn start(
            String sessionId, SessionOptions options, Upstream upstream, Ticker ticker, Surroundings surroundings) {
        ServerTurn turn = new ServerTurn(sessionId, options, upstream, ticker, surroundings);
        surroundings.turns().add(turn);
        turn.mailbox.post(turn.machine::begin);
        return turn;
    }

    /** A defect of ours, or a bound that is passed, must leave neither a turn without its end nor the server at work. */
    private void broken(Throwable defect) {
        machine.stop(Failures.of(defect));
    }

    /** Ends the turn without a word to the server: the client was closed, or the server is gone. Thread-safe. */
    void cut(AgentException cause) {
        mailbox.post(() -> machine.cut(cause));
    }

    @Override
    public String sessionId() {
        return sessionId;
    }

    @Override
    public void reply(String requestId, PermissionReply reply) {
        claim(requestId, Interactions.Kind.PERMISSION);
        mailbox.post(() -> machine.interactions().give(requestId, reply));
    }

    @Override
    public void answer(String requestId, QuestionReply reply) {
        claim(requestId, Interactions.Kind.QUESTION);
        mailbox.post(() -> machine.interactions().give(requestId, reply));
    }

    private void claim(String requestId, Interactions.Kind kind) {
        Interactions interactions = machine.interactions();
        if (interactions.claim(requestId, kind)) return;
        if (interactions.isOpen(requestId)) throw ofOtherKind(requestId, kind);
        throw nothingPending(requestId);
    }

    private static IllegalArgumentException ofOtherKind(String requestId, Interactions.Kind kind) {
        String is = kind == Interactions.Kind.QUESTION
                ? "a permission request, which takes reply(...)"
                : "a question, which takes answer(...)";
        return new IllegalArgumentException("requestId: '" + requestId + "' is " + is);
    }

    @Override
    public void interrupt() {
        mailbox.post(() -> machine.stop(null));
    }
}
