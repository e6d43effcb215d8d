package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.SlowConsumerException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.reply.TurnResult;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Those who read events: what they do concerns their own turn alone. */
interface ConsumerContract {

    @Test
    default void aListenerThatThrowsEndsTheTurnAndGetsItsOwnException(Scene scene) {
        String cue = scene.model().holds("", "too late");
        IllegalStateException own = new IllegalStateException("the listener's own");
        try (AgentSession session = scene.open()) {
            assertSame(
                    own,
                    assertThrows(
                            IllegalStateException.class,
                            () -> session.run(cue, event -> {
                                scene.model().awaitHeld(cue, Scene.PATIENCE);
                                throw own;
                            })));
            scene.model().awaitAbandoned(cue, Scene.PATIENCE);
            InterruptContract.goesOn(scene, session);
        }
    }

    @Test
    default void aSlowListenerHoldsUpNobodyElse(Scene scene) throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        try (AgentSession session = scene.open()) {
            String cue = scene.model().says("slowly ", "read");
            CompletableFuture<TurnResult> slow = new CompletableFuture<>();
            Thread reader = new Thread(() -> {
                try {
                    slow.complete(session.run(cue, event -> {
                        blocked.countDown();
                        hold(letGo);
                    }));
                } catch (Throwable e) {
                    slow.completeExceptionally(e);
                }
            });
            reader.start();
            await(blocked);
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        "meanwhile",
                        scene.complete(scene.model().says("meanwhile")).text());
            }
            letGo.countDown();
            assertEquals(
                    "slowly read", slow.orTimeout(60, TimeUnit.SECONDS).join().text());
            reader.join();
        } finally {
            letGo.countDown();
        }
    }

    @Test
    default void aConsumerThatFallsBehindIsCutOffAndTheTurnGoesOn(Scene scene) {
        if (!scene.can().streaming()) return; // There is never much to read.
        String[] pieces = IntStream.range(0, 100).mapToObj(i -> " piece" + i).toArray(String[]::new);
        String cue = scene.model().says(pieces);
        try (AgentSession session = scene.open(options -> options.eventBuffer(16));
                Turn turn = session.start(cue)) {
            Iterator<AgentEvent> behind = turn.iterator();
            assertEquals(String.join("", pieces), turn.result().text());
            assertThrows(SlowConsumerException.class, behind::hasNext);
        }
    }

    /** Without a bound: the test lets go in any case, after three turns that each may start a program. */
    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS), "in time");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
