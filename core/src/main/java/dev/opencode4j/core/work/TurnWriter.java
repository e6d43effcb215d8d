package dev.opencode4j.core.work;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.spi.TurnChannel;
import java.util.function.Supplier;

/** Writes what a turn says to its consumer, whoever of several threads says it: see {@link TurnEvents}. Nothing blocks. */
public final class TurnWriter {

    private final TurnEvents events;
    private final TurnChannel channel;

    /**
     * The writer of one turn.
     *
     * @param sessionId the session's id, empty as long as it has none
     * @param replyLimit how many characters the reply may hold
     * @param onEnd runs just before the last event can be seen: the next turn is legal then
     */
    TurnWriter(Supplier<String> sessionId, TurnChannel channel, int replyLimit, Runnable onEnd) {
        events = new TurnEvents(sessionId, channel::emit, replyLimit, onEnd);
        this.channel = channel;
    }

    /** Many events are about to be told: the consumer is woken when they are, at {@link #release}. */
    public void hold() {
        channel.hold();
    }

    /** Those were all for now. */
    public void release() {
        channel.release();
    }

    /** Tells the turn's first event, with the id of its prompt; told once. */
    public synchronized void started(String messageId) {
        events.started(messageId);
    }

    /** Takes in what happened, and tells what it changed: see {@link TurnEvents#tell}. */
    public synchronized void tell(AgentEvent event) {
        events.tell(event);
    }

    /** Takes in what was asked and answered before anybody could hear of it: see {@link TurnEvents#recordAnswered}. */
    public synchronized void recordAnswered(AgentEvent event) {
        events.recordAnswered(event);
    }

    /** Counts what will be told later: see {@link TurnEvents#reserve}. */
    public synchronized void reserve(int characters) {
        events.reserve(characters);
    }

    /** Keeps the value that was asked for with a JSON schema. */
    public synchronized void structured(Json value) {
        events.structured(value);
    }

    /** The reply so far, of the attempt that runs. */
    public synchronized Reply reply() {
        return events.reply();
    }

    /** Closes an attempt that failed, for another one is about to begin: see {@link TurnEvents#attemptFailed}. */
    public synchronized void attemptFailed(AgentException error) {
        events.attemptFailed(error);
    }

    /** Ends the turn well, after {@code commit}; false, and nothing is committed, if it had ended before. */
    public synchronized boolean completed(Runnable commit) {
        return events.completed(commit);
    }

    /** Ends the turn with a copy of {@code error} that keeps what was received; false if it had ended before. */
    public synchronized boolean failed(AgentException error) {
        return events.failed(error);
    }

    /** Ends the turn because somebody interrupted it; false if it had ended before. */
    public synchronized boolean interrupted() {
        return events.interrupted();
    }
}
