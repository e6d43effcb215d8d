package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.SessionNotFoundException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session remembers, can be opened again, and is nobody else's. */
interface SessionContract {

    @Test
    default void aSessionRemembersItsTurns(Scene scene) {
        String word = Scene.word();
        String first = scene.model().says("I will");
        String second = scene.model().says("I have");
        try (AgentSession session = scene.open()) {
            session.run("Remember " + word + ". " + first);
            session.run("Have you? " + second);
        }
        assertTrue(scene.model().wasShown(second, word), "the first prompt shown with the second");
        assertTrue(scene.model().wasShown(second, "I will"), "the first answer shown with the second prompt");
    }

    @Test
    default void aSessionIsResumedByItsId(Scene scene) {
        String word = Scene.word();
        String first = scene.model().says("I will");
        String second = scene.model().says("I have");
        String id;
        try (AgentSession session = scene.open()) {
            session.run("Remember " + word + ". " + first);
            id = session.id(); // Some agents know it only now.
        }
        if (!scene.can().resume()) {
            scene.isUnsupported(second, () -> scene.agent().resume(id, SessionOptions.DEFAULT));
            return;
        }
        try (AgentSession session = scene.agent().resume(id, SessionOptions.DEFAULT)) {
            assertEquals(id, session.id());
            assertEquals("I have", session.run("Have you? " + second).text());
        }
        assertTrue(scene.model().wasShown(second, word), "the first prompt shown with the second");
    }

    @Test
    default void anUnknownIdIsNotFound(Scene scene) {
        if (!scene.can().resume()) return; // Refused altogether: see above.
        String id;
        try (AgentSession session = scene.open()) {
            session.run(scene.model().says("here"));
            id = session.id();
        }
        String unknown = id.substring(0, id.length() - 6) + "nobody";
        assertThrows(
                SessionNotFoundException.class,
                () -> scene.agent().resume(unknown, SessionOptions.DEFAULT).close());
    }

    @Test
    default void manySessionsAtOnceAreNotMixed(Scene scene) {
        int count = scene.rig().crowd();
        List<AgentSession> sessions = new ArrayList<>();
        List<String> cues = new ArrayList<>();
        List<Turn> turns = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sessions.add(scene.open());
                cues.add(scene.model().says("I ", "am ", "number ", i + "."));
                turns.add(sessions.get(i).start(cues.get(i)));
            }
            for (int i = 0; i < count; i++) {
                Told told = Told.by(turns.get(i)).completed();
                assertEquals("I am number " + i + ".", told.text());
                assertEquals(sessions.get(i).id(), told.result().sessionId());
                assertEquals(1, scene.model().timesRun(cues.get(i)));
            }
            assertEquals(
                    count, sessions.stream().map(AgentSession::id).distinct().count());
        } finally {
            sessions.forEach(AgentSession::close);
        }
    }
}
