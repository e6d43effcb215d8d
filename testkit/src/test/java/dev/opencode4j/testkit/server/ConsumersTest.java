package dev.opencode4j.testkit.server;

import static dev.opencode4j.testkit.server.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.SlowConsumerException;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import dev.opencode4j.testkit.impostor.Script;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Consumers that throw, block, dawdle or leave: only their own turn is concerned. */
@Isolated("it blocks the common pool, on which the JDK's HTTP client completes what other tests ask")
class ConsumersTest {

    @Test
    void aListenerThatThrowsGetsItsOwnExceptionAndTheTurnIsAborted() {
        try (Stage stage = Stage.open();
                OpenCodeServer agent = OpenCodeServer.of(stage.client);
                AgentSession session = agent.open(SessionOptions.DEFAULT)) {
            stage.impostor.nextTurn(Answer.text("Hello").never());
            IllegalStateException own = new IllegalStateException("the listener's own");
            assertThatThrownBy(() -> session.run("Hi", event -> {
                        if (event instanceof TextDelta) throw own;
                    }))
                    .isSameAs(own);
            stage.impostor.awaitIdle(SOON);
            assertThat(stage.impostor.requests(RecordedRequest.to("POST", "/session/*/abort")))
                    .isNotEmpty();
            assertThat(session.run("Next").reply().text()).isEqualTo("You said: Next");
        }
    }

    @Test
    void aListenerThatThrowsAnErrorGetsThatToo() {
        try (Stage stage = Stage.open();
                OpenCodeServer agent = OpenCodeServer.of(stage.client);
                AgentSession session = agent.open(SessionOptions.DEFAULT)) {
            AssertionError own = new AssertionError("the listener's own");
            assertThatThrownBy(() -> session.run("Hi", event -> {
                        throw own;
                    }))
                    .isSameAs(own);
        }
    }

    @Test
    void aListenerThatBlocksHoldsUpNobodyElseAndItsDeadlineStillEndsTheTurnUpstream() {
        try (Stage stage = Stage.open()) {
            stage.impostor.nextTurn(Answer.text("Hello").never());
            SessionOptions hasty = SessionOptions.builder()
                    .timeouts(Stage.LIMITS.withTurn(Duration.ofMillis(2500)))
                    .build();
            CountDownLatch blocked = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            Turn turn = stage.client.start(stage.impostor.openSession("x"), Prompt.of("Hi"), hasty);
            // On the common pool, as programs do: it has one thread here, and nothing of ours may depend on it.
            CompletableFuture<Played> reading = CompletableFuture.supplyAsync(() -> Stage.play(turn, event -> {
                if (event instanceof TextDelta) {
                    blocked.countDown();
                    await(release);
                }
            }));
            await(blocked);
            for (int i = 0; i < 20; i++) stage.play("other " + i).completed().within(Stage.FAST);
            stage.impostor.awaitIdle(SOON);
            release.countDown();
            assertThat(reading.join().failure()).isInstanceOf(DeadlineExceeded.class);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aConsumerThatIsTooSlowIsCutOffAndOnlyThatOne() {
        try (Stage stage = Stage.open()) {
            Script chatter = Answer.script();
            for (int i = 0; i < 100; i++) chatter = chatter.text("word ");
            SessionOptions small = SessionOptions.builder()
                    .timeouts(Stage.LIMITS)
                    .eventBuffer(16)
                    .build();
            stage.impostor.nextTurn(chatter);
            Turn turn = stage.client.start(stage.impostor.openSession("x"), Prompt.of("Hi"), small);
            Iterator<?> slow = turn.iterator();
            assertThat(turn.result().reply().text())
                    .as("the turn itself goes on")
                    .hasSize(500);
            assertThatThrownBy(slow::hasNext).isInstanceOf(SlowConsumerException.class);
            stage.impostor.nextTurn(chatter);
            assertThat(stage.play("Ho").completed().text()).hasSize(500);
        }
    }

    @Test
    void aPolicyThatThinksOnAThreadOfItsOwnHoldsUpNobody() {
        try (Stage stage = Stage.open()) {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            SessionOptions thinking = SessionOptions.builder()
                    .timeouts(Stage.LIMITS)
                    .permissions(PermissionPolicy.asking(request -> {
                        asked.countDown();
                        await(release);
                        return PermissionReply.ONCE;
                    }))
                    .build();
            stage.impostor.nextTurn(Answer.script().askPermission("bash", "ls").text("Done."));
            Turn turn = stage.client.start(stage.impostor.openSession("x"), Prompt.of("Hi"), thinking);
            await(asked);
            stage.play("other").completed();
            release.countDown();
            assertThat(Stage.play(turn).completed().text()).isEqualTo("Done.");
        }
    }

    @Test
    void anInterruptEndsATurnWithinASecondAndUpstreamToo() {
        try (Stage stage = Stage.open()) {
            stage.impostor.nextTurn(Answer.text("Hello").hold("interrupt").never());
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("interrupt", SOON);
            turn.interrupt();
            Played played = Stage.play(turn).within(Stage.FAST);
            assertThat(played.end()).isInstanceOf(TurnInterrupted.class);
            stage.impostor.awaitIdle(SOON);
        }
    }

    @Test
    void anInterruptEndsATurnWithinASecondThoughTheServerIsGone() {
        try (Stage stage = Stage.open()) {
            stage.impostor.nextTurn(Answer.text("Hello").hold("interrupt").never());
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("interrupt", SOON);
            stage.impostor.faults().vanish();
            turn.interrupt();
            assertThat(Stage.play(turn).within(Stage.FAST).end()).isInstanceOf(TurnInterrupted.class);
        }
    }

    @Test
    void aTurnThatNobodyReadsRunsToItsEnd() {
        try (Stage stage = Stage.open()) {
            assertThat(stage.start("Hi").result().reply().text()).isEqualTo("You said: Hi");
        }
    }

    @Test
    void aClosedClientEndsItsTurnsAndTheirReadersHearOfIt() {
        try (Stage stage = Stage.open()) {
            stage.impostor.nextTurn(Answer.text("Hello").hold("close").never());
            Turn turn = stage.start("Hi");
            stage.impostor.awaitHeld("close", SOON);
            stage.client.close();
            Played played = Stage.play(turn).within(Stage.FAST);
            assertThat(played.failure()).hasMessageContaining("closed");
            assertThat(played.told(TurnStarted.class)).hasSize(1);
        }
    }
}
