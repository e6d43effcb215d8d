package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.ServerException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A turn's limit holds wherever it is, keeps what came, and the next turn is legal. */
interface DeadlineContract {

    @Test
    default void aDeadlineBeforeAnythingComes(Scene scene) {
        String cue = scene.model().holds("", "too late");
        assertEquals("", exceeded(scene, cue).text());
        scene.model().awaitAbandoned(cue, Scene.PATIENCE);
    }

    @Test
    default void aDeadlineInMidStreamKeepsWhatCame(Scene scene) {
        String cue = scene.model().holds("before ", "after");
        Told told = exceeded(scene, cue);
        assertEquals(told.deltas(), scene.can().streaming() ? told.text() : "");
        assertFalse(told.text().contains("after"), told::text);
        scene.model().awaitAbandoned(cue, Scene.PATIENCE);
    }

    @Test
    default void aDeadlineDuringATool(Scene scene) {
        if (!scene.can().tools()) return; // Refused altogether: see the tools.
        exceeded(scene, scene.model().hangsInTool());
    }

    /** Whoever sees that there is no time for another try may say at once why the last one failed. */
    @Test
    default void aDeadlineBetweenTwoTries(Scene scene) {
        if (!scene.rig().retries(500)) return;
        Told told = limited(scene, scene.model().refuses(500, Integer.MAX_VALUE, "never"));
        AgentException error = told.failed(AgentException.class);
        assertTrue(error instanceof DeadlineExceeded || error instanceof ServerException, error::toString);
    }

    private static Told exceeded(Scene scene, String prompt) {
        Told told = limited(scene, prompt);
        DeadlineExceeded error = told.failed(DeadlineExceeded.class);
        assertFalse(error.isRetryable(), "whether a prompt that ran may just be sent again");
        return told;
    }

    private static Told limited(Scene scene, String prompt) {
        Duration limit = scene.rig().shortTurn();
        try (AgentSession session = scene.open(options -> options.timeouts(Timeouts.DEFAULT.withTurn(limit)))) {
            long start = System.nanoTime();
            Told told = Told.by(session.start(prompt));
            Told.within(limit.plus(Scene.SOON), start);
            session.start(scene.model().says("next"))
                    .close(); // Legal; whether it has the time is the machine's affair.
            return told;
        }
    }
}
