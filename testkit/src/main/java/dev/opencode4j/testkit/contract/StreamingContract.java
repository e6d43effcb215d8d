package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.reply.TurnResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A reply arrives in pieces, or at once; it is the same reply. */
interface StreamingContract {

    @Test
    default void deltasInOrderMakeUpTheText(Scene scene) {
        String cue = scene.model().says("one ", "two ", "three ", "four");
        Told told = scene.complete(cue);
        assertEquals("one two three four", told.text());
        if (scene.can().streaming()) {
            assertEquals("one two three four", told.deltas());
            assertTrue(told.all(TextDelta.class).size() >= 2, () -> "at least two deltas: " + told.events());
        }
    }

    @Test
    default void textArrivesWhileItIsWritten(Scene scene) {
        if (!scene.can().streaming()) return; // What then is promised, the other tests show.
        String cue = scene.model().holds("before ", "after");
        try (AgentSession session = scene.open();
                Turn turn = session.start(cue)) {
            Iterator<AgentEvent> events = turn.iterator();
            List<AgentEvent> read = new ArrayList<>();
            while (!(read.size() > 0 && read.get(read.size() - 1) instanceof TextDelta)) read.add(events.next());
            scene.model().release(cue);
            assertEquals("before after", Told.by(turn, events, read).completed().text());
        }
    }

    @Test
    default void runReturnsTheWhole(Scene scene) {
        String cue = scene.model().says("all ", "of it");
        try (AgentSession session = scene.open()) {
            TurnResult result = session.run(cue);
            assertEquals("all of it", result.text());
            assertEquals(session.id(), result.sessionId());
        }
        assertEquals(1, scene.model().timesRun(cue));
    }

    @Test
    default void aListenerHearsWhatAnIteratorWouldRead(Scene scene) {
        String cue = scene.model().says("heard ", "by a listener");
        List<AgentEvent> heard = new ArrayList<>();
        try (AgentSession session = scene.open()) {
            TurnResult result = session.run(cue, heard::add);
            assertInstanceOf(TurnStarted.class, heard.get(0));
            assertEquals(new TurnCompleted(result), heard.get(heard.size() - 1));
        }
    }

    @Test
    default void whatNobodyKnowsDoesNoHarm(Scene scene) {
        String cue = scene.model().babbles("still clear");
        assertEquals("still clear", scene.complete(cue).text());
    }

    @Test
    default void tokensAndCostAreCounted(Scene scene) {
        Told told = scene.complete(scene.model().says("counted"));
        TurnResult result = told.result();
        assertEquals(1, result.attempts().size(), "attempts");
        assertNull(result.attempts().get(0).error());
        assertTrue(result.cost().signum() >= 0, () -> "cost " + result.cost());
        if (scene.rig().countsTokens()) {
            assertTrue(result.usage().input() > 0, () -> "usage " + result.usage());
            assertTrue(result.usage().output() > 0, () -> "usage " + result.usage());
        }
    }
}
