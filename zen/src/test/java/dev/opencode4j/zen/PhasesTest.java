package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.FirstEventTimeout;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.work.RetryPolicy;
import dev.opencode4j.zen.tool.FunctionTool;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** An interrupt and the deadline are heard within a second, wherever a turn is. */
class PhasesTest {

    private static final Duration LIMIT = Duration.ofMillis(1500);

    private static final Timeouts SHORT = Timeouts.DEFAULT.withTurn(LIMIT);

    /** Chooses what sends the requests. */
    ZenBuilder overTransport(ZenBuilder builder) {
        return builder;
    }

    private static void interruptWhen(Turn turn, BooleanSupplier there) {
        await().until(there::getAsBoolean);
        long start = System.nanoTime();
        turn.interrupt();
        Played.of(turn).interrupted();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    private static void deadline(Turn turn) {
        long start = System.nanoTime();
        Played.of(turn).failed(DeadlineExceeded.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT.plusSeconds(1));
    }

    private static SessionOptions within(Timeouts timeouts) {
        return SessionOptions.builder().timeouts(timeouts).build();
    }

    @Test
    void connecting() throws IOException {
        try (FullPort port = FullPort.open();
                Zen zen = overTransport(Rig.once(port.url())).build()) {
            Turn turn = zen.open().start("Hi");
            interruptWhen(turn, () -> true);
            deadline(zen.open(within(SHORT)).start("Hi"));
            ConnectionException error = Played.of(zen.open(within(Timeouts.DEFAULT.withConnect(LIMIT)))
                            .start("Hi"))
                    .failed(ConnectionException.class);
            assertThat(error).hasMessageContaining("no connection within 1500ms");
        }
    }

    @Test
    void waitingForHeaders() {
        try (Rig rig = Rig.withinOver(this::overTransport, limits -> SHORT, Peer.Stage::hold)) {
            Turn turn = rig.session.start("Hi");
            interruptWhen(turn, () -> rig.peer.received().size() == 1);
            await().until(() -> rig.peer.ended() == 1);
            deadline(rig.session.start("Hi"));
            await().until(() -> rig.peer.ended() == 2);
        }
        try (Rig rig = Rig.withinOver(this::overTransport, limits -> limits.withFirstEvent(LIMIT), Peer.Stage::hold)) {
            rig.play("Hi").failed(FirstEventTimeout.class);
        }
    }

    @Test
    void readingAnErrorBody() {
        Peer.Scene half = stage -> {
            stage.head(503, "application/json", "Content-Length: 100");
            stage.text("{");
            stage.hold();
        };
        try (Rig rig = Rig.withinOver(this::overTransport, limits -> SHORT, half)) {
            Turn turn = rig.session.start("Hi");
            interruptWhen(turn, () -> rig.peer.received().size() == 1);
            deadline(rig.session.start("Hi"));
            await().until(() -> rig.peer.ended() == 2);
        }
    }

    @Test
    void backingOff() {
        CountDownLatch[] waiting = {new CountDownLatch(1)};
        try (Rig rig = Rig.with(
                settings -> overTransport(settings)
                        .retry(RetryPolicy.DEFAULT.withBase(Duration.ofMillis(1)))
                        .pause(length -> {
                            waiting[0].countDown();
                            Thread.sleep(60_000);
                        }),
                Peer.refusing(500, "{}"))) {
            Turn turn = rig.session.start("Hi");
            interruptWhen(turn, () -> waiting[0].getCount() == 0);
            deadline(rig.zen.open(within(SHORT)).start("Hi"));
            assertThat(rig.peer.received()).hasSize(2);
        }
    }

    @Test
    void streaming() {
        Peer.Scene slow = stage -> {
            stage.stream();
            while (true) {
                stage.say("tick ");
                Thread.sleep(50);
            }
        };
        try (Rig rig = Rig.withinOver(this::overTransport, limits -> SHORT, slow)) {
            Turn turn = rig.session.start("Hi");
            interruptWhen(turn, () -> rig.peer.received().size() == 1);
            deadline(rig.session.start("Hi"));
            await().until(() -> rig.peer.ended() == 2);
        }
    }

    @Test
    void insideAToolEvenOneThatDoesNotListen() {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        FunctionTool deaf = FunctionTool.of("deaf", "hears nothing", Json.EMPTY, arguments -> {
            inside.countDown();
            boolean released = false;
            while (!released) {
                try {
                    release.await();
                    released = true;
                } catch (InterruptedException e) {
                    // Deaf.
                }
            }
            return "late";
        });
        Peer.Scene call = stage -> {
            stage.stream();
            stage.frame("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":"
                    + "{\"name\":\"deaf\",\"arguments\":\"\"}}]},\"finish_reason\":\"tool_calls\"}]}");
            stage.done();
        };
        try (Rig rig = Rig.with(settings -> overTransport(settings).tool(deaf), call)) {
            Turn turn = rig.session.start("Hi");
            interruptWhen(turn, () -> inside.getCount() == 1);
            deadline(rig.zen.open(within(SHORT)).start("Hi"));
            release.countDown();
            assertThat(rig.peer.received()).hasSize(2);
        }
    }

    @Test
    void withAConsumerThatIsSlow() {
        Peer.Scene endless = stage -> {
            stage.stream();
            while (true) stage.say("word ");
        };
        try (Rig rig = Rig.with(this::overTransport, endless)) {
            ZenSession session =
                    rig.zen.open(SessionOptions.builder().eventBuffer(16).build());
            Turn turn = session.start("Hi");
            await().until(() -> rig.peer.received().size() == 1);
            long start = System.nanoTime();
            turn.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            await().until(() -> rig.peer.ended() == 1);
        }
    }

    @Test
    void closingTheAgentEndsItsTurns() {
        try (Rig rig = Rig.with(this::overTransport, Peer.Stage::hold)) {
            Turn turn = rig.session.start("Hi");
            await().until(() -> rig.peer.received().size() == 1);
            rig.zen.close();
            Played.of(turn).interrupted();
            assertThatThrownBy(() -> rig.zen.open()).isInstanceOf(IllegalStateException.class);
        }
    }
}
