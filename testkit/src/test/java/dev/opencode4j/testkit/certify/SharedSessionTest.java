package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.model.NewSession;
import dev.opencode4j.server.model.PromptOptions;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A person, another program and other turns use the same session: nothing of theirs is taken for a turn's own. */
@EachRealVersion
class SharedSessionTest extends RigTest {

    private final List<PermissionRequest> asked = new CopyOnWriteArrayList<>();

    SharedSessionTest(RealOpenCode server, ScriptedModel model) {
        super(server, model);
    }

    /** A policy that decides all alike, and notes what it was asked. */
    private PermissionPolicy all(PermissionReply reply) {
        return request -> {
            asked.add(request);
            return CompletableFuture.completedFuture(reply);
        };
    }

    private static SessionOptions with(PermissionPolicy policy) {
        return SessionOptions.builder()
                .timeouts(Timeouts.DEFAULT.withTurn(Rig.BOUND))
                .permissions(policy)
                .build();
    }

    private PermissionRequest pending(String sessionId) {
        Eventually.holds(
                "a permission of " + sessionId,
                Rig.BOUND,
                () -> !pendingOf(sessionId).isEmpty());
        return pendingOf(sessionId).get(0);
    }

    private List<PermissionRequest> pendingOf(String sessionId) {
        return rig.client().permissions().list().stream()
                .filter(request -> request.sessionId().equals(sessionId))
                .toList();
    }

    private boolean isStored(String sessionId, String text) {
        return rig.client().messages().list(sessionId).stream()
                .anyMatch(message -> message.info().isUser() && message.text().contains(text));
    }

    private static TurnResult result(Turn turn) throws Exception {
        return turn.completion().toCompletableFuture().get(Rig.BOUND.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aTurnInLineDoesNotApproveWhatAPersonsSubAgentAsks() throws Exception {
        leavesAPersonsSubAgentAlone(PermissionReply.ONCE);
    }

    @Test
    void aTurnInLineDoesNotRejectWhatAPersonsSubAgentAsks() throws Exception {
        leavesAPersonsSubAgentAlone(PermissionReply.REJECT);
    }

    private void leavesAPersonsSubAgentAlone(PermissionReply decision) throws Exception {
        OpenCodeClient client = rig.client();
        String session = client.createSession("shared").id();
        client.messages().submit(session, Prompt.of("a person's #task=bash"), PromptOptions.NONE);
        Eventually.holds(
                "a sub-agent",
                Rig.BOUND,
                () -> !client.sessions().children(session).isEmpty());
        PermissionRequest persons =
                pending(client.sessions().children(session).get(0).id());
        String marker = Rig.marker("mine");
        Turn turn = client.start(session, Prompt.of("#echo " + marker), with(all(decision)));
        Eventually.holds("the prompt is stored", Rig.BOUND, () -> isStored(session, marker));
        assertThat(pendingOf(persons.sessionId()))
                .extracting(PermissionRequest::id)
                .containsExactly(persons.id());
        client.permissions().reply(persons.id(), PermissionReply.ONCE);
        assertThat(result(turn).text()).contains("You said");
        assertThat(asked).isEmpty();
        assertThat(result(turn).rejections().permissions()).isEmpty();
    }

    @Test
    void aSessionUnderAnotherHasItsOwnPolicy() throws Exception {
        OpenCodeClient client = rig.client();
        String parent = client.createSession("parent").id();
        String child = client.sessions()
                .create(NewSession.titled("child").withParent(parent))
                .id();
        String gate = Rig.marker("gate").replace('-', '_');
        Turn above = client.start(parent, Prompt.of("#hold=" + gate), with(all(PermissionReply.ONCE)));
        model.awaitHeld(gate, Rig.BOUND);
        Turn below = client.start(child, Prompt.of("#bash"), with(PermissionPolicy.reject()));
        assertThat(result(below).rejections().permissions()).hasSize(1);
        model.release(gate);
        assertThat(result(above).text()).contains("released");
        assertThat(asked).isEmpty();
    }

    @Test
    void whatASessionUnderAnInterruptedOneAsksIsNotSweptAway() throws Exception {
        OpenCodeClient client = rig.client();
        String parent = client.createSession("parent").id();
        String child = client.sessions()
                .create(NewSession.titled("child").withParent(parent))
                .id();
        String gate = Rig.marker("gate").replace('-', '_');
        Turn above = client.start(parent, Prompt.of("#hold=" + gate), with(all(PermissionReply.ONCE)));
        model.awaitHeld(gate, Rig.BOUND);
        Turn below = client.start(child, Prompt.of("#bash"), with(PermissionPolicy.askConsumer()));
        PermissionRequest request = pending(child);
        above.interrupt();
        assertThat(catchThrowable(() -> above.result())).isInstanceOf(InterruptedTurnException.class);
        rig.awaitIdle(parent);
        assertThat(result(client.start(parent, Prompt.of("#echo on"), with(PermissionPolicy.reject())))
                        .text())
                .contains("on");
        below.reply(request.id(), PermissionReply.ONCE);
        assertThat(result(below).text()).contains("All done after 1 tools.");
    }

    /** A rejected permission ends the server's queue, too. */
    @Test
    void aTurnBehindOneThatIsRefusedAPermissionIsRunAllTheSame() throws Exception {
        OpenCodeClient client = rig.client();
        String session = client.createSession("refused").id();
        Turn first = client.start(session, Prompt.of("#bash"), with(PermissionPolicy.askConsumer()));
        PermissionRequest request = pending(session);
        String marker = Rig.marker("behind");
        Turn second = client.start(session, Prompt.of("#echo " + marker), with(all(PermissionReply.ONCE)));
        Eventually.holds("the prompt is stored", Rig.BOUND, () -> isStored(session, marker));
        first.reply(request.id(), PermissionReply.REJECT);
        assertThat(result(first).rejections().permissions()).hasSize(1);
        assertThat(result(second).text()).contains(marker);
        assertThat(model.timesRun(marker)).isEqualTo(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void anInterruptOfATurnInLineLeavesTheOneThatRunsAlone() throws Exception {
        OpenCodeClient client = rig.client();
        String session = client.createSession("line").id();
        String gate = Rig.marker("gate").replace('-', '_');
        Turn first = client.start(session, Prompt.of("#hold=" + gate), with(PermissionPolicy.reject()));
        model.awaitHeld(gate, Rig.BOUND);
        String marker = Rig.marker("inline");
        Turn second = client.start(session, Prompt.of("#slow " + marker), with(PermissionPolicy.reject()));
        Eventually.holds("the prompt is stored", Rig.BOUND, () -> isStored(session, marker));
        second.interrupt();
        assertThat(catchThrowable(() -> result(second))).hasRootCauseInstanceOf(InterruptedTurnException.class);
        model.release(gate);
        assertThat(result(first).text()).contains("released");
        rig.awaitIdle(session);
        Turn third = client.start(session, Prompt.of("#echo third"), with(PermissionPolicy.reject()));
        assertThat(result(third).text()).contains("third");
    }

    @Test
    void twoProgramsThatPromptAtTheSameMomentBothEndWithinSeconds() throws Exception {
        try (Rig other = Rig.of(server)) {
            String session = rig.client().createSession("same moment").id();
            CompletableFuture<Turn> theirs = CompletableFuture.supplyAsync(
                    () -> other.client().start(session, Prompt.of("#echo theirs"), with(PermissionPolicy.reject())));
            Turn mine = rig.client().start(session, Prompt.of("#echo mine"), with(PermissionPolicy.reject()));
            for (Turn turn : List.of(mine, theirs.get())) {
                Throwable failure = catchThrowable(
                        () -> turn.completion().toCompletableFuture().get(Rig.BOUND.toSeconds() / 2, TimeUnit.SECONDS));
                if (failure == null) continue;
                assertThat(failure).hasCauseInstanceOf(ServerException.class).hasMessageContaining("never ran it");
                assertThat(failure)
                        .cause()
                        .isInstanceOfSatisfying(
                                AgentException.class,
                                error -> assertThat(error.isRetryable()).isTrue());
            }
        }
    }

    @Test
    void aSessionThatIsDeletedEndsItsTurnAtOnce() {
        OpenCodeClient client = rig.client();
        String session = client.createSession("deleted").id();
        String marker = Rig.marker("deleted");
        Turn turn = client.start(session, Prompt.of("#slow " + marker), with(PermissionPolicy.reject()));
        model.awaitRun(marker, Rig.BOUND);
        client.sessions().delete(session);
        assertThatThrownBy(() -> turn.completion().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(SessionNotFoundException.class);
    }

    @Test
    void anAnswerOfTheWrongKindIsRefusedToTheCallerAndTheTurnGoesOn() throws Exception {
        SessionOptions options = SessionOptions.builder()
                .timeouts(Timeouts.DEFAULT.withTurn(Rig.BOUND))
                .questions(QuestionPolicy.askConsumer())
                .build();
        try (AgentSession session = rig.agent().open(options);
                Turn turn = session.start("#question")) {
            for (var event : turn) {
                if (!(event instanceof QuestionAsked question)) continue;
                String id = question.request().id();
                assertThatThrownBy(() -> turn.reply(id, PermissionReply.ONCE))
                        .isInstanceOf(IllegalArgumentException.class);
                turn.answer(id, new QuestionReply(List.of(List.of("Red"))));
            }
            assertThat(result(turn).text()).contains("All done after 1 tools.");
        }
    }

    /** The first one's prompt, or its abort, may still be under way. */
    @Test
    void aTurnRightAfterAnInterruptedOneIsNeverStruckByItsAbort() throws Exception {
        try (AgentSession session = rig.open()) {
            for (int round = 0; round < 8; round++) {
                Turn first = session.start("#slow " + Rig.marker("struck"));
                if (round % 2 == 1) {
                    first.iterator().next();
                }
                first.interrupt();
                first.close();
                String marker = Rig.marker("next");
                assertThat(result(session.start("#echo " + marker)).text()).contains(marker);
            }
        }
    }

    /** It may run on the stream's thread no more: it would wait for the end that only this thread could bring. */
    @Test
    void aPolicyThatClosesItsOwnTurnEndsIt() throws Exception {
        CompletableFuture<Turn> self = new CompletableFuture<>();
        PermissionPolicy closing = request -> {
            self.join().close();
            return CompletableFuture.completedFuture(PermissionReply.ONCE);
        };
        String session = rig.client().createSession("closing").id();
        Turn turn = rig.client().start(session, Prompt.of("#bash"), with(closing));
        self.complete(turn);
        assertThat(catchThrowable(() -> turn.completion()
                        .toCompletableFuture()
                        .get(Duration.ofSeconds(20).toSeconds(), TimeUnit.SECONDS)))
                .hasCauseInstanceOf(InterruptedTurnException.class);
        rig.awaitIdle(session);
    }

    @Test
    void whatIsAskedIsTheTurnsOwn() throws Exception {
        try (AgentSession session = rig.open(options -> options.permissions(all(PermissionReply.ONCE)));
                Turn turn = session.start("#task=bash")) {
            long told = 0;
            for (var event : turn) {
                if (event instanceof PermissionAsked) told++;
            }
            assertThat(told).isEqualTo(1);
            assertThat(asked).hasSize(1);
            assertThat(asked.get(0).sessionId()).isNotEqualTo(session.id());
        }
    }
}
