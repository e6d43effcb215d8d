package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.reply.TurnResult;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One turn at a time, and the next one as soon as the end of the last can be seen. */
interface TurnContract {

    @Test
    default void theNextTurnIsLegalAsSoonAsTheEndIsSeen(Scene scene) {
        int turns = scene.rig().crowd();
        String cue = scene.model().says("again");
        try (AgentSession session = scene.open()) {
            Turn turn = session.start(cue);
            for (int i = 1; i < turns; i++) {
                Turn next = null;
                for (AgentEvent event : turn) {
                    if (event instanceof TurnCompleted) next = session.start(cue);
                }
                turn = assertInstanceOf(Turn.class, next, "a turn after a completed one");
            }
            Told.by(turn).completed();
        }
        assertEquals(turns, scene.model().timesRun(cue));
    }

    @Test
    default void theNextTurnIsLegalAsSoonAsTheResultIsThere(Scene scene) {
        String cue = scene.model().says("again");
        try (AgentSession session = scene.open()) {
            for (int i = 0; i < scene.rig().crowd(); i++)
                assertEquals("again", session.run(cue).text());
        }
    }

    @Test
    default void aSecondTurnAtTheSameTimeIsRefusedAndNothingIsSent(Scene scene) {
        String first = scene.model().holds("", "the first");
        String second = scene.model().says("the second");
        try (AgentSession session = scene.open();
                Turn turn = session.start(first)) {
            IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> session.start(second));
            assertTrue(String.valueOf(refusal.getMessage()).contains("in progress"), refusal::getMessage);
            scene.model().awaitHeld(first, Scene.PATIENCE);
            assertThrows(IllegalStateException.class, () -> session.start(second));
            scene.model().release(first);
            assertEquals("the first", Told.by(turn).completed().text());
            assertEquals(0, scene.model().timesRun(second));
            assertEquals("the second", session.run(second).text());
        }
    }

    @Test
    default void aTurnThatNobodyReadsRunsToItsEnd(Scene scene) {
        String cue = scene.model().says("unread");
        try (AgentSession session = scene.open();
                Turn turn = session.start(cue)) {
            assertEquals("unread", turn.result().text());
        }
    }

    @Test
    default void aPublisherAndAStageTellTheSame(Scene scene) throws Exception {
        String cue = scene.model().says("published ", "and staged");
        try (AgentSession session = scene.open();
                Turn turn = session.start(cue)) {
            CollectingSubscriber subscriber = new CollectingSubscriber();
            turn.publisher().subscribe(subscriber);
            TurnResult result = turn.completion().toCompletableFuture().get(60, TimeUnit.SECONDS);
            Told told = Told.by(turn, subscriber.await(Scene.PATIENCE).iterator(), new ArrayList<>());
            assertSame(result, told.completed().result());
            assertEquals("published and staged", result.text());
        }
    }

    @Test
    default void eventsHaveOneConsumer(Scene scene) {
        try (AgentSession session = scene.open();
                Turn turn = session.start(scene.model().says("mine"))) {
            turn.iterator();
            assertThrows(IllegalStateException.class, turn::iterator);
        }
    }
}
