package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TextDelta;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An interrupt ends the turn wherever it is, upstream too, and the next turn works. */
interface InterruptContract {

    @Test
    default void anInterruptRightAfterTheStart(Scene scene) {
        String cue = scene.model().holds("", "too late");
        try (AgentSession session = scene.open();
                Turn turn = session.start(cue)) {
            interrupted(scene, session, turn);
        }
    }

    @Test
    default void anInterruptBeforeAnythingComes(Scene scene) {
        String cue = scene.model().holds("", "too late");
        try (AgentSession session = scene.open();
                Turn turn = session.start(cue)) {
            scene.model().awaitHeld(cue, Scene.PATIENCE);
            assertEquals("", interrupted(scene, session, turn).text());
            scene.model().awaitAbandoned(cue, Scene.PATIENCE);
        }
    }

    @Test
    default void anInterruptInMidStreamKeepsWhatCame(Scene scene) {
        String cue = scene.model().holds("before ", "after");
        try (AgentSession session = scene.open();
                Turn turn = session.start(cue)) {
            Iterator<AgentEvent> events = turn.iterator();
            List<AgentEvent> read = new ArrayList<>();
            if (scene.can().streaming()) readUntil(events, read, TextDelta.class);
            scene.model().awaitHeld(cue, Scene.PATIENCE);
            long start = System.nanoTime();
            session.interrupt();
            Told told = Told.by(turn, events, read).interrupted();
            Told.within(Scene.SOON, start);
            if (scene.can().streaming()) assertEquals("before ", told.text());
            assertFalse(told.text().contains("after"), told::text);
            scene.model().awaitAbandoned(cue, Scene.PATIENCE);
            goesOn(scene, session);
        }
    }

    @Test
    default void anInterruptDuringATool(Scene scene) {
        if (!scene.can().tools()) return; // Refused altogether: see the tools.
        String cue = scene.model().hangsInTool();
        try (AgentSession session = scene.open();
                Turn turn = session.start(cue)) {
            Iterator<AgentEvent> events = turn.iterator();
            List<AgentEvent> read = new ArrayList<>();
            if (scene.can().streaming()) {
                ToolContract.readUntilRunning(events, read);
            } else {
                scene.model().awaitRun(cue, Scene.PATIENCE);
            }
            long start = System.nanoTime();
            turn.interrupt();
            Told.by(turn, events, read).interrupted();
            Told.within(Scene.SOON, start);
            goesOn(scene, session);
        }
    }

    @Test
    default void anInterruptBetweenTwoTries(Scene scene) {
        if (!scene.rig().retries(500)) return;
        String cue = scene.model().refuses(500, Integer.MAX_VALUE, "never");
        try (AgentSession session = scene.open();
                Turn turn = session.start(cue)) {
            scene.model().awaitRun(cue, Scene.PATIENCE);
            interrupted(scene, session, turn);
        }
    }

    @Test
    default void anInterruptOfATurnThatIsOverDoesNothing(Scene scene) {
        String cue = scene.model().says("whole");
        try (AgentSession session = scene.open()) {
            session.interrupt();
            Turn turn = session.start(cue);
            Told told = Told.by(turn).completed();
            turn.interrupt();
            session.interrupt();
            turn.close();
            assertSame(told.result(), turn.result());
            goesOn(scene, session);
        }
    }

    @Test
    default void closingATurnInterruptsItAndWaits(Scene scene) {
        String cue = scene.model().holds("", "too late");
        try (AgentSession session = scene.open()) {
            Turn turn = session.start(cue);
            scene.model().awaitHeld(cue, Scene.PATIENCE);
            turn.close();
            Told.by(turn).interrupted();
            scene.model().awaitAbandoned(cue, Scene.PATIENCE);
            goesOn(scene, session);
        }
    }

    static void readUntil(Iterator<AgentEvent> events, List<AgentEvent> read, Class<? extends AgentEvent> type) {
        do read.add(events.next());
        while (!type.isInstance(read.get(read.size() - 1)));
    }

    private static Told interrupted(Scene scene, AgentSession session, Turn turn) {
        long start = System.nanoTime();
        turn.interrupt();
        Told told = Told.by(turn).interrupted();
        Told.within(Scene.SOON, start);
        goesOn(scene, session);
        return told;
    }

    static void goesOn(Scene scene, AgentSession session) {
        String cue = scene.model().says("on ", "it ", "goes");
        assertEquals("on it goes", Told.by(session.start(cue)).completed().text());
        assertEquals(1, scene.model().timesRun(cue));
    }
}
