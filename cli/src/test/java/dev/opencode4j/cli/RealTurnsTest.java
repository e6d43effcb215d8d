package dev.opencode4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.util.ArrayList;
import java.util.List;

/** Whole turns by real command lines. */
class RealTurnsTest {

    @EachRealVersion
    void textStreamsAndASessionRemembers(OpenCodeVersion version) {
        try (Real real = new Real(version);
                OpenCodeCli agent = real.agent();
                AgentSession session = agent.open()) {
            List<AgentEvent> events = new ArrayList<>();
            TurnResult first = session.run("  first #long=20 of\ntwo \n", events::add);
            assertThat(first.text()).startsWith("word0 word1").contains("word19");
            assertThat(events.get(0)).isInstanceOfSatisfying(TurnStarted.class, started -> {
                assertThat(started.sessionId()).isEqualTo(session.id()).isEqualTo(first.sessionId());
                assertThat(started.messageId()).startsWith("msg_").isEqualTo(first.messageId());
            });
            assertThat(events.stream().filter(TextDelta.class::isInstance)).hasSizeGreaterThan(10);
            assertThat(events.get(events.size() - 1)).isInstanceOf(TurnCompleted.class);
            assertThat(first.usage().output()).isPositive();
            assertThat(real.model.requests().stream().map(request -> request.prompt()))
                    .contains("  first #long=20 of\ntwo \n");

            TurnResult second = session.run("second");
            assertThat(second.text()).isEqualTo("You said: second");
            assertThat(second.reply().parts()).hasSize(1);
            assertThat(second.sessionId()).isEqualTo(first.sessionId());
            assertThat(real.model.timesRun("second")).isEqualTo(1);
            assertThat(real.home.processes()).isEmpty();
        }
    }
}
