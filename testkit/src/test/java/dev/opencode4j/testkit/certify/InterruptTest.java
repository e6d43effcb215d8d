package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.Answer;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** An interrupt ends the turn within a second wherever it is, leaves nothing pending, and the next turn works. */
@EachRealVersion
class InterruptTest extends RigTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    InterruptTest(RealOpenCode server, ScriptedModel model) {
        super(server, model);
    }

    @Test
    void whileTextStreams() {
        String marker = Rig.marker("streams");
        TurnInterrupted end = interruptAt(event -> event instanceof TextDelta, "#slow " + marker);
        assertThat(end.result().text()).startsWith("tick0");
        model.awaitAbandoned(marker, Rig.BOUND);
    }

    @Test
    void whileAToolRuns() {
        model.on(
                "sleeper",
                request -> request.toolResults() > 0
                        ? Answer.words("slept")
                        : Answer.empty().call("bash", Map.of("command", "sleep 600", "description", "Sleep")));
        TurnInterrupted end = interruptAt(
                event -> event instanceof ToolProgressed progressed
                        && progressed.tool().status().equals(ToolStatus.RUNNING),
                "#sleeper",
                options -> options.permissions(PermissionPolicy.once()));
        assertThat(end.result().reply().tools()).hasSize(1);
    }

    @Test
    void whileAPermissionIsPending() {
        interruptAt(
                event -> event instanceof PermissionAsked,
                "#bash",
                options -> options.permissions(PermissionPolicy.askConsumer()));
    }

    @Test
    void whileASubAgentsPermissionIsPending() {
        interruptAt(
                event -> event instanceof PermissionAsked,
                "#task=bash",
                options -> options.permissions(PermissionPolicy.askConsumer()));
    }

    @Test
    void whileAQuestionIsPending() {
        interruptAt(
                event -> event instanceof QuestionAsked,
                "#question",
                options -> options.questions(QuestionPolicy.askConsumer()));
    }

    @Test
    void whileTheProviderIsTriedAgain() {
        interruptAt(event -> event instanceof Retrying, "#status=429 " + Rig.marker("retried"));
    }

    @Test
    void beforeTheFirstToken() {
        String marker = Rig.marker("silent");
        model.on("silence", request -> Answer.empty().hold("silence").say("late"));
        try (AgentSession session = rig.open();
                Turn turn = session.start("#silence " + marker)) {
            model.awaitRun(marker, Rig.BOUND);
            TurnInterrupted end = interrupt(turn);
            assertThat(end.result().text()).isEmpty();
            model.awaitAbandoned(marker, Rig.BOUND);
            afterwards(session);
        }
    }

    @Test
    void rightAfterTheStart() {
        try (AgentSession session = rig.open();
                Turn turn = session.start("#slow " + Rig.marker("early"))) {
            interrupt(turn);
            afterwards(session);
        }
    }

    private TurnInterrupted interruptAt(Predicate<AgentEvent> moment, String prompt) {
        return interruptAt(moment, prompt, options -> options);
    }

    private TurnInterrupted interruptAt(
            Predicate<AgentEvent> moment, String prompt, UnaryOperator<SessionOptions.Builder> options) {
        try (AgentSession session = rig.open(options);
                Turn turn = session.start(prompt)) {
            var events = turn.iterator();
            boolean met = false;
            while (!met) {
                AgentEvent event = events.next();
                assertThat(event).isNotInstanceOf(TurnEnded.class);
                met = moment.test(event);
            }
            long start = System.nanoTime();
            turn.interrupt();
            List<AgentEvent> rest = new ArrayList<>();
            events.forEachRemaining(rest::add);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(A_SECOND);
            assertThat(rest).filteredOn(TurnEnded.class::isInstance).hasSize(1);
            afterwards(session);
            return (TurnInterrupted) rest.get(rest.size() - 1);
        }
    }

    /** Interrupts a turn of which nothing has been read. */
    private static TurnInterrupted interrupt(Turn turn) {
        long start = System.nanoTime();
        turn.interrupt();
        List<AgentEvent> events = new ArrayList<>();
        turn.forEach(events::add);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(A_SECOND);
        assertThat(events.get(0)).isInstanceOf(TurnStarted.class);
        assertThat(events).filteredOn(TurnEnded.class::isInstance).hasSize(1);
        return (TurnInterrupted) events.get(events.size() - 1);
    }

    /** Nothing is left pending, in the session or its sub-agents', and the next turn works, once. */
    private void afterwards(AgentSession session) {
        Eventually.holds("nothing is pending", Rig.BOUND, () -> !isAnythingPending(session.id()));
        String marker = Rig.marker("next");
        assertThat(session.run("#echo " + marker).text()).contains(marker);
        assertThat(model.timesRun(marker)).isEqualTo(1);
    }

    private boolean isAnythingPending(String session) {
        List<String> sessions = new ArrayList<>(List.of(session));
        rig.client().sessions().children(session).forEach(child -> sessions.add(child.id()));
        return rig.client().permissions().list().stream().anyMatch(asked -> sessions.contains(asked.sessionId()))
                || rig.client().questions().list().stream().anyMatch(asked -> sessions.contains(asked.sessionId()));
    }
}
