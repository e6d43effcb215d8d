package dev.opencode4j.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.reply.Reply;
import java.time.Duration;
import java.util.List;

/** A turn that is over: everything it told, and how long it took. */
record Played(List<AgentEvent> events, Duration took) {

    /** Whatever happened: one beginning, one end. */
    Played {
        assertThat(events).first().isInstanceOf(TurnStarted.class);
        assertThat(events).last().isInstanceOf(TurnEnded.class);
        assertThat(events.stream().filter(TurnStarted.class::isInstance)).hasSize(1);
        assertThat(events.stream().filter(TurnEnded.class::isInstance)).hasSize(1);
    }

    TurnEnded end() {
        return (TurnEnded) events.get(events.size() - 1);
    }

    /** It went well. */
    Played completed() {
        assertThat(end()).as("%s", events).isInstanceOf(TurnCompleted.class);
        return this;
    }

    Played within(Duration limit) {
        assertThat(took).isLessThan(limit);
        return this;
    }

    AgentException failure() {
        assertThat(end()).isInstanceOf(TurnFailed.class);
        return ((TurnFailed) end()).error();
    }

    Reply reply() {
        return end().result().reply();
    }

    String text() {
        return reply().text();
    }

    <T extends AgentEvent> List<T> told(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
