package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.reply.TurnResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** All that a turn told. Whatever it was, it began once, at the beginning, and ended once, at the end. */
final class Told {

    private final Turn turn;
    private final List<AgentEvent> events;

    private Told(Turn turn, List<AgentEvent> events) {
        this.turn = turn;
        this.events = events;
    }

    /** Reads a turn to its end. */
    static Told by(Turn turn) {
        return by(turn, turn.iterator(), new ArrayList<>());
    }

    /** Reads the rest of a turn of which these events have been read. */
    static Told by(Turn turn, Iterator<AgentEvent> rest, List<AgentEvent> read) {
        rest.forEachRemaining(read::add);
        Told told = new Told(turn, read);
        told.beganAndEndedOnce();
        return told;
    }

    private void beganAndEndedOnce() {
        assertInstanceOf(TurnStarted.class, events.get(0), "first event");
        assertEquals(1, all(TurnStarted.class).size(), () -> "starts among " + events);
        assertInstanceOf(TurnEnded.class, events.get(events.size() - 1), "last event");
        assertEquals(1, all(TurnEnded.class).size(), () -> "ends among " + events);
        assertEquals(turn.sessionId(), all(TurnStarted.class).get(0).sessionId());
        assertEquals(turn.sessionId(), end().result().sessionId());
    }

    List<AgentEvent> events() {
        return events;
    }

    <T extends AgentEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    TurnEnded end() {
        return (TurnEnded) events.get(events.size() - 1);
    }

    TurnResult result() {
        return end().result();
    }

    String text() {
        return result().text();
    }

    /** What the deltas say, joined. */
    String deltas() {
        return all(TextDelta.class).stream().map(TextDelta::text).collect(Collectors.joining());
    }

    Told completed() {
        TurnCompleted end = assertInstanceOf(TurnCompleted.class, end(), () -> "the end of " + events);
        assertSame(end.result(), turn.result());
        return this;
    }

    /** It failed, with this kind of error, which keeps what was received; waiting for the turn throws the same. */
    <T extends AgentException> T failed(Class<T> type) {
        TurnFailed end = assertInstanceOf(TurnFailed.class, end(), () -> "the end of " + events);
        T error = assertInstanceOf(type, end.error());
        AgentException thrown = assertThrows(type, turn::result);
        assertEquals(error.getMessage(), thrown.getMessage());
        assertSame(end.result(), thrown.partial().orElse(null), "partial result of what is thrown");
        assertSame(end.result(), error.partial().orElse(null), "partial result");
        assertNotNull(error.getMessage());
        return error;
    }

    Told interrupted() {
        assertInstanceOf(TurnInterrupted.class, end(), () -> "the end of " + events);
        InterruptedTurnException error = assertThrows(InterruptedTurnException.class, turn::result);
        assertSame(end().result(), error.partial().orElse(null), "partial result");
        return this;
    }

    static void within(Duration atMost, long sinceNanos) {
        Duration took = Duration.ofNanos(System.nanoTime() - sinceNanos);
        assertTrue(took.compareTo(atMost) < 0, () -> "took " + took + ", at most " + atMost);
    }
}
