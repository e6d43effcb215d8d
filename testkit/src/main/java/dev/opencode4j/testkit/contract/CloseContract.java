package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Turn;
import org.junit.jupiter.api.Test;

/** What is closed ends, tells so, and does nothing afterwards. */
interface CloseContract {

    @Test
    default void closingASessionEndsItsTurn(Scene scene) {
        String cue = scene.model().holds("before ", "after");
        AgentSession session = scene.open();
        Turn turn = session.start(cue);
        scene.model().awaitHeld(cue, Scene.PATIENCE);
        session.close();
        Told.by(turn).interrupted();
        scene.model().awaitAbandoned(cue, Scene.PATIENCE);
    }

    @Test
    default void closingAnAgentEndsItsTurns(Scene scene) {
        String cue = scene.model().holds("before ", "after");
        AgentSession session = scene.open();
        Turn turn = session.start(cue);
        scene.model().awaitHeld(cue, Scene.PATIENCE);
        long start = System.nanoTime();
        scene.agent().close();
        Told.by(turn).interrupted();
        Told.within(Scene.SOON, start);
        scene.model().awaitAbandoned(cue, Scene.PATIENCE);
        session.close();
        scene.agent().close();
    }

    @Test
    default void aClosedSessionStartsNothing(Scene scene) {
        String cue = scene.model().says("never");
        AgentSession session = scene.open();
        session.close();
        session.close();
        session.interrupt();
        assertThrows(IllegalStateException.class, () -> session.start(cue));
        assertEquals(0, scene.model().timesRun(cue));
    }

    @Test
    default void aClosedAgentStartsNothing(Scene scene) {
        String cue = scene.model().says("never");
        AgentSession session = scene.open();
        scene.agent().close();
        assertThrows(IllegalStateException.class, () -> session.start(cue));
        assertThrows(IllegalStateException.class, () -> scene.agent().open());
        assertEquals(0, scene.model().timesRun(cue));
    }

    @Test
    default void anotherSessionDoesNotMind(Scene scene) {
        String cue = scene.model().holds("", "still here");
        AgentSession closed = scene.open();
        try (AgentSession session = scene.open();
                Turn turn = session.start(cue)) {
            closed.close();
            scene.model().release(cue);
            assertEquals("still here", Told.by(turn).completed().text());
        }
    }
}
