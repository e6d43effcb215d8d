package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A turn that a program began which is no more is joined by another, and the model is not asked twice. */
@EachRealVersion
class RejoinTest extends RigTest {

    private static final Json SCHEMA =
            Json.parse("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}},\"required\":[\"a\"]}");

    RejoinTest(RealOpenCode server, ScriptedModel model) {
        super(server, model);
    }

    /** What a program leaves behind that prompts and is killed. */
    private String prompted(Prompt prompt) {
        AgentSession session = rig.open();
        rig.client().messages().submit(session.id(), prompt);
        return session.id();
    }

    private Turn rejoined(String sessionId) {
        return again(sessionId).rejoin().orElseThrow();
    }

    private AgentSession again(String sessionId) {
        return rig.agent()
                .resume(
                        sessionId,
                        SessionOptions.builder()
                                .permissions(PermissionPolicy.once())
                                .build());
    }

    @Test
    void inTheMiddleOfItsText() {
        String marker = Rig.marker("rejoin");
        String session = prompted(Prompt.of("#hold=" + marker));
        model.awaitHeld(marker, Rig.BOUND);
        Turn turn = rejoined(session);
        List<AgentEvent> events = new ArrayList<>();
        for (AgentEvent event : turn) {
            events.add(event);
            model.release(marker);
        }
        assertThat(events.get(0)).isInstanceOf(TurnStarted.class);
        assertThat(events).filteredOn(TurnEnded.class::isInstance).hasSize(1);
        assertThat(events.get(events.size() - 1)).isInstanceOf(TurnCompleted.class);
        assertThat(turn.result().text()).isEqualTo("held released");
        assertThat(model.timesRun(marker)).isEqualTo(1);
    }

    @Test
    void whenItIsOver() {
        String marker = Rig.marker("over");
        AgentSession session = rig.open();
        TurnResult first = session.run("#echo " + marker);
        TurnResult again = rejoined(session.id()).result();
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.messageId()).isEqualTo(first.messageId());
        assertThat(again.usage()).isEqualTo(first.usage());
        assertThat(model.timesRun(marker)).isEqualTo(1);
    }

    @Test
    void whileItWaitsForAPermission() {
        String session = prompted(Prompt.of("#bash"));
        Eventually.holds(
                "a pending permission",
                Rig.BOUND,
                () -> rig.client().permissions().list().stream()
                        .anyMatch(request -> request.sessionId().equals(session)));
        List<AgentEvent> events = new ArrayList<>();
        rejoined(session).forEach(events::add);
        assertThat(events).hasAtLeastOneElementOfType(PermissionReplied.class);
        assertThat(events.get(events.size() - 1)).isInstanceOf(TurnCompleted.class);
    }

    @Test
    void whenItsPromptCannotBeRead() {
        AgentSession session = rig.open();
        Prompt prompt = Prompt.builder("#structured").schema(SCHEMA).build();
        TurnResult first = session.run(prompt, event -> {});
        TurnResult again = rejoined(session.id()).result();
        assertThat(again.messageId()).isEqualTo(first.messageId());
        assertThat(again.structured()).isEqualTo(first.structured());
    }

    @Test
    void thereIsNoneInABlankSession() {
        AgentSession session = rig.open();
        assertThat(session.rejoin()).isEmpty();
        assertThat(session.run("#echo").text()).isNotEmpty();
    }

    @Test
    void notWhileOneIsInProgress() {
        String marker = Rig.marker("busy");
        AgentSession session = rig.open();
        Turn turn = session.start("#hold=" + marker);
        model.awaitHeld(marker, Rig.BOUND);
        assertThatIllegalStateException().isThrownBy(session::rejoin);
        model.release(marker);
        assertThat(turn.result().text()).isEqualTo("held released");
    }
}
