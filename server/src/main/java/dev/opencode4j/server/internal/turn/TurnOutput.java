package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.reply.Attempt;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.spi.ReplyBuilder;
import dev.opencode4j.core.spi.TurnChannel;
import dev.opencode4j.server.internal.wire.Signal;
import dev.opencode4j.server.model.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a turn says to its consumer: the events, in order and well formed, and the reply they build. */
final class TurnOutput {

    /** More than a server ever sends of a message before it says whose it is. */
    private static final int MOST_PARKED = 1_000;

    private final TurnChannel channel;
    private final Runnable onEnd;
    private final ReplyBuilder reply = new ReplyBuilder();
    private final List<Signal.Told> parked = new ArrayList<>(0);
    private final Set<String> unfinished = new HashSet<>(2);
    private final Instant startedAt = Instant.now();
    private @Nullable TurnStarted started;

    TurnOutput(TurnChannel channel, Runnable onEnd) {
        this.channel = channel;
        this.onEnd = onEnd;
    }

    /** The turn's first event; told once. */
    void started(TurnStarted event) {
        if (started != null) return;
        started = event;
        channel.emit(event);
    }

    /** Takes in what happened, and tells what it changed. */
    void tell(AgentEvent event) {
        reply.apply(event, this::emit);
    }

    private void emit(AgentEvent event) {
        if (event instanceof PartAdded added) unfinished.add(added.part().id());
        else if (event instanceof PartFinished finished)
            unfinished.remove(finished.part().id());
        channel.emit(event);
    }

    /** Whether every part has had its end, and it is known of each whose it is; if not, events got lost. */
    boolean isWhole() {
        return unfinished.isEmpty() && parked.isEmpty();
    }

    /** Keeps what is told of a message until it is known whose it is: events may overtake each other. */
    void park(Signal.Told told) {
        if (parked.size() < MOST_PARKED) parked.add(told);
    }

    /** The message is ours: takes in what was kept of it. */
    void release(String messageId) {
        for (Iterator<Signal.Told> all = parked.iterator(); all.hasNext(); ) {
            Signal.Told told = all.next();
            if (!told.messageId().equals(messageId)) continue;
            all.remove();
            tell(told.event());
        }
    }

    /** The message is not ours: forgets what was kept of it. */
    void discard(String messageId) {
        if (!parked.isEmpty()) parked.removeIf(told -> told.messageId().equals(messageId));
    }

    /** Takes in a message as the server has stored it. */
    void merge(Message message, Answers answers) {
        if (!answers.stored(message)) return;
        structured(message.info().structured());
        release(message.id());
        message.parts().forEach(part -> tell(message.info().isInProgress() ? soFar(part) : new PartFinished(part)));
        message.steps().forEach(this::tell);
    }

    /** The text of an unfinished message may have more to come. */
    private static AgentEvent soFar(Part part) {
        boolean grows = part instanceof TextPart || part instanceof ReasoningPart;
        return grows ? new PartAdded(part) : new PartFinished(part);
    }

    void structured(@Nullable Json value) {
        if (value != null) reply.structured(value);
    }

    void completed() {
        end(new TurnCompleted(result(null)));
    }

    void failed(AgentException error) {
        TurnResult partial = result(error.reason());
        error.keepPartial(partial);
        end(new TurnFailed(error, partial));
    }

    void interrupted() {
        end(new TurnInterrupted(result("interrupted")));
    }

    /** The next turn is legal before the end of this one can be seen. */
    private void end(TurnEnded event) {
        onEnd.run();
        channel.emit(event);
    }

    private TurnResult result(@Nullable String error) {
        Reply now = reply.snapshot();
        Attempt attempt =
                new Attempt(startedAt, Duration.between(startedAt, Instant.now()), now.usage(), now.cost(), error);
        String session = started == null ? "" : started.sessionId();
        String message = started == null ? "" : started.messageId();
        return new TurnResult(session, message, now, List.of(attempt));
    }
}
