package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.ServerException;
import org.junit.jupiter.api.Test;

/** Errors are told apart by what to do about them; the model is asked again only when that may help. */
interface FailureContract {

    @Test
    default void aWrongKey(Scene scene) {
        fails(scene, 401, AuthenticationException.class);
    }

    @Test
    default void anEmptyAccount(Scene scene) {
        fails(scene, 402, BillingException.class);
    }

    @Test
    default void aRequestThatIsWrong(Scene scene) {
        fails(scene, 400, BadRequestException.class);
    }

    @Test
    default void tooManyRequests(Scene scene) {
        fails(scene, 429, RateLimitException.class);
    }

    @Test
    default void aModelThatIsBroken(Scene scene) {
        fails(scene, 500, ServerException.class);
    }

    @Test
    default void aConversationThatIsTooLong(Scene scene) {
        String cue = scene.model().overflows("short enough");
        try (AgentSession session = scene.open()) {
            session.run(scene.model().says("a long story"));
            Told told = Told.by(session.start(cue));
            if (scene.rig().shortensConversations()) {
                assertEquals("short enough", told.completed().text());
            } else {
                told.failed(OutputLimitException.class);
                assertEquals(1, scene.model().timesRun(cue));
            }
            InterruptContract.goesOn(scene, session);
        }
    }

    private static void fails(Scene scene, int status, Class<? extends AgentException> type) {
        if (scene.rig().retries(status)) {
            String cue = scene.model().refuses(status, 1, "at last");
            assertEquals("at last", scene.complete(cue).text());
            assertEquals(2, scene.model().timesRun(cue));
            return;
        }
        String cue = scene.model().refuses(status, Integer.MAX_VALUE, "never");
        try (AgentSession session = scene.open()) {
            AgentException error = Told.by(session.start(cue)).failed(type);
            assertTrue(error.toString().contains(error.reason()), error::toString);
            assertEquals(1, scene.model().timesRun(cue));
            InterruptContract.goesOn(scene, session);
        }
    }
}
