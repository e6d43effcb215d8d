package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.reply.TurnResult;
import java.util.ArrayList;
import java.util.List;

/**
 * A turn that was read to its end; every one is checked for its one start and its one end.
 *
 * @param events what it told
 */
record Played(List<AgentEvent> events) {

    static Played of(Turn turn) {
        List<AgentEvent> events = new ArrayList<>();
        turn.forEach(events::add);
        assertThat(events.get(0)).isInstanceOf(TurnStarted.class);
        assertThat(events.stream().filter(TurnStarted.class::isInstance)).hasSize(1);
        assertThat(events.get(events.size() - 1)).isInstanceOf(TurnEnded.class);
        assertThat(events.stream().filter(TurnEnded.class::isInstance)).hasSize(1);
        return new Played(events);
    }

    TurnEnded end() {
        return (TurnEnded) events.get(events.size() - 1);
    }

    TurnResult completed() {
        assertThat(end()).isInstanceOf(TurnCompleted.class);
        return end().result();
    }

    <T extends AgentException> T failed(Class<T> type) {
        assertThat(end()).isInstanceOf(TurnFailed.class);
        AgentException error = ((TurnFailed) end()).error();
        assertThat(error).isInstanceOf(type);
        return type.cast(error);
    }

    TurnResult interrupted() {
        assertThat(end()).isInstanceOf(TurnInterrupted.class);
        return end().result();
    }

    String deltas() {
        StringBuilder text = new StringBuilder();
        for (TextDelta delta : all(TextDelta.class)) text.append(delta.text());
        return text.toString();
    }

    <T extends AgentEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
