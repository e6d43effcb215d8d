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
        assertEquals("", abandoned(scene, scene.model().holds("", "too late")).text());
    }

    @Test
    default void aDeadlineInMidStreamKeepsWhatCame(Scene scene) {
        Told told = abandoned(scene, scene.model().holds("before ", "after"));
        assertEquals(told.deltas(), scene.can().streaming() ? told.text() : "");
        assertFalse(told.text().contains("after"), told::text);
    }

    @Test
    default void aDeadlineDuringATool(Scene scene) {
        if (!scene.can().tools()) return; // Refused altogether: see the tools.
        exceeded(scene, scene.model().hangsInTool(), scene.rig().shortTurn());
    }

    /** Whoever sees that there is no time for another try may say at once why the last one failed. */
    @Test
    default void aDeadlineBetweenTwoTries(Scene scene) {
        if (!scene.rig().retries(500)) return;
        String cue = scene.model().refuses(500, Integer.MAX_VALUE, "never");
        Told told = limited(scene, cue, scene.rig().shortTurn());
        AgentException error = told.failed(AgentException.class);
        assertTrue(error instanceof DeadlineExceeded || error instanceof ServerException, error::toString);
    }

    /** An agent that is slow to begin may not reach the model within its limit: then the next limit is longer. */
    private static Told abandoned(Scene scene, String cue) {
        Duration limit = scene.rig().shortTurn();
        Told told = exceeded(scene, cue, limit);
        while (scene.model().timesRun(cue) == 0 && limit.compareTo(Scene.PATIENCE) < 0) {
            limit = limit.multipliedBy(2);
            told = exceeded(scene, cue, limit);
        }
        scene.model().awaitAbandoned(cue, Scene.PATIENCE);
        return told;
    }

    private static Told exceeded(Scene scene, String prompt, Duration limit) {
        Told told = limited(scene, prompt, limit);
        DeadlineExceeded error = told.failed(DeadlineExceeded.class);
        assertFalse(error.isRetryable(), "whether a prompt that ran may just be sent again");
        return told;
    }

    private static Told limited(Scene scene, String prompt, Duration limit) {
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
