package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.event.ReasoningDelta;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.reply.Usage;
import dev.opencode4j.testkit.model.ScriptedModel;
import org.junit.jupiter.api.Test;

class ZenTurnTest {

    @Test
    void streamsTheScriptedModel() {
        try (ScriptedModel model = ScriptedModel.start();
                Zen zen =
                        Zen.builder().provider(ZenProvider.at(model.baseUri())).build();
                ZenSession session = zen.open()) {
            Played played = Played.of(session.start("Say it #echo"));
            TurnResult result = played.completed();
            assertThat(result.text()).isEqualTo("You said: Say it #echo").isEqualTo(played.deltas());
            assertThat(result.usage()).isEqualTo(new Usage(90, 15, 5, 10, 0));
            assertThat(result.reply().finish()).isEqualTo("stop");
            assertThat(session.run("again #utf8").text()).isEqualTo("héllo 🌍 日本語 𝕏");
            Played thought = Played.of(session.start("#reason"));
            assertThat(thought.completed().reply().reasoning()).isEqualTo("Let me think.");
            assertThat(thought.all(ReasoningDelta.class)).hasSize(2);
        }
    }
}
