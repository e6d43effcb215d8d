package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.spi.TurnChannel;
import dev.opencode4j.core.work.TurnEvents;
import dev.opencode4j.server.internal.wire.Signal;
import dev.opencode4j.server.model.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a turn says to its consumer: the events, in order and well formed, and the reply they build. */
final class TurnOutput {

    /** More than a server ever sends of a message before it says whose it is. */
    private static final int MOST_PARKED = 1_000;

    private final TurnChannel channel;
    private final TurnEvents events;
    private final List<Signal.Told> parked = new ArrayList<>(0);
    private final Set<String> unfinished = new HashSet<>(2);

    TurnOutput(String sessionId, TurnChannel channel, int replyLimit, Runnable onEnd) {
        this.channel = channel;
        this.events = new TurnEvents(() -> sessionId, this::emit, replyLimit, onEnd);
    }

    /** The turn's first event, with the id of its prompt; told once. */
    void started(String messageId) {
        events.started(messageId);
    }

    /** The prompt was sent anew under another id, which the result names. */
    void promptedAgain(String messageId) {
        events.promptedAgain(messageId);
    }

    /** Takes in what happened, and tells what it changed. */
    void tell(AgentEvent event) {
        events.tell(event);
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

    private boolean isParked(String messageId) {
        return parked.stream().anyMatch(told -> told.messageId().equals(messageId));
    }

    /** The message is ours: hands on what was kept of it. */
    void release(String messageId, Consumer<AgentEvent> own) {
        for (Iterator<Signal.Told> all = parked.iterator(); all.hasNext(); ) {
            Signal.Told told = all.next();
            if (!told.messageId().equals(messageId)) continue;
            all.remove();
            own.accept(told.event());
        }
    }

    /** The message is not ours: forgets what was kept of it. */
    void discard(String messageId) {
        if (!parked.isEmpty()) parked.removeIf(told -> told.messageId().equals(messageId));
    }

    /**
     * Takes in a message as the server has stored it. If more is known of it than is stored, its parts take their places
     * first: what is parked may be about a later one, and the text of an earlier one may come only when it is whole.
     */
    void merge(Message message, Answers answers, Consumer<AgentEvent> own) {
        if (!answers.stored(message)) return;
        boolean grows = message.info().isInProgress();
        structured(message.info().structured());
        if (grows || isParked(message.id()))
            StoredOrder.of(message.parts(), grows).forEach(part -> tell(new PartAdded(part)));
        release(message.id(), own);
        message.parts().forEach(part -> tell(grows ? soFar(part) : new PartFinished(part)));
        message.steps().forEach(this::tell);
    }

    /** The text of an unfinished message may have more to come. */
    private static AgentEvent soFar(Part part) {
        boolean grows = part instanceof TextPart || part instanceof ReasoningPart;
        return grows ? new PartAdded(part.at(Part.UNPLACED)) : new PartFinished(part);
    }

    void structured(@Nullable Json value) {
        if (value != null) events.structured(value);
    }

    void completed() {
        events.completed(() -> {});
    }

    void failed(AgentException error) {
        events.failed(error);
    }

    void interrupted() {
        events.interrupted();
    }
}
