package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.QuestionAnswered;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.QuestionRejected;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.part.ToolStatus;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the agent asks is answered by a policy or by the turn's consumer; nothing waits for an answer nobody was asked for. */
interface InteractionContract {

    @Test
    default void aPermissionIsGiven(Scene scene) {
        PermissionPolicy policy = PermissionPolicy.asking(request -> PermissionReply.ONCE);
        if (isRefused(scene, options -> options.permissions(policy))) return;
        String word = Scene.word();
        Told told = play(scene, scene.model().callsTool(word, "allowed"), options -> options.permissions(policy))
                .completed();
        assertEquals(1, told.all(PermissionAsked.class).size());
        assertEquals(
                PermissionReply.ONCE.decision(),
                told.all(PermissionReplied.class).get(0).reply().decision());
        assertEquals(ToolStatus.COMPLETED, told.result().reply().tools().get(0).status());
    }

    @Test
    default void aPermissionIsRefusedAtOnceUnlessSomebodyGivesIt(Scene scene) {
        if (!scene.can().interactions()) return; // Refused altogether: see above.
        PermissionPolicy byDefault = SessionOptions.DEFAULT.permissions();
        Told told = play(scene, scene.model().callsTool("never", "allowed"), options -> options.permissions(byDefault));
        assertEquals(1, told.all(PermissionAsked.class).size());
        assertEquals(
                PermissionReply.REJECT.decision(),
                told.all(PermissionReplied.class).get(0).reply().decision());
        assertEquals(ToolStatus.ERROR, told.result().reply().tools().get(0).status());
    }

    @Test
    default void theConsumerGivesPermission(Scene scene) {
        if (isRefused(scene, options -> options.permissions(PermissionPolicy.askConsumer()))) return;
        String cue = scene.model().callsTool("given", "allowed");
        try (AgentSession session = scene.open(options -> options.permissions(PermissionPolicy.askConsumer()));
                Turn turn = session.start(cue)) {
            for (AgentEvent event : turn) {
                if (event instanceof PermissionAsked asked) {
                    turn.reply(asked.request().id(), PermissionReply.ONCE);
                }
            }
            assertTrue(
                    turn.result().text().endsWith("allowed"),
                    () -> turn.result().text());
        }
    }

    @Test
    default void aQuestionIsAnswered(Scene scene) {
        QuestionPolicy policy = QuestionPolicy.asking(request -> QuestionReply.of("Blue"));
        if (isRefused(scene, options -> options.questions(policy))) return;
        String cue = scene.model().asks("Which colour?", "Red", "Blue", "well chosen");
        Told told = play(scene, cue, options -> options.questions(policy)).completed();
        assertEquals(
                "Which colour?",
                told.all(QuestionAsked.class)
                        .get(0)
                        .request()
                        .questions()
                        .get(0)
                        .question());
        assertEquals(
                QuestionReply.of("Blue"),
                told.all(QuestionAnswered.class).get(0).reply());
        assertTrue(told.text().endsWith("well chosen"), told::text);
    }

    @Test
    default void aQuestionIsRejectedAtOnceUnlessSomebodyAnswers(Scene scene) {
        if (!scene.can().interactions()) return; // Refused altogether: see above.
        Told told = play(scene, scene.model().asks("Which?", "Red", "Blue", "chosen"), options -> options);
        assertEquals(1, told.all(QuestionRejected.class).size());
    }

    @Test
    default void anAnswerToNothingIsRefused(Scene scene) {
        String cue = scene.model().holds("", "unasked");
        try (AgentSession session = scene.open();
                Turn turn = session.start(cue)) {
            scene.model().awaitHeld(cue, Scene.PATIENCE);
            assertThrows(IllegalArgumentException.class, () -> turn.reply("per_nothing", PermissionReply.ONCE));
            assertThrows(IllegalArgumentException.class, () -> turn.answer("que_nothing", QuestionReply.REJECT));
            scene.model().release(cue);
            assertEquals("unasked", turn.result().text());
        }
    }

    private static Told play(Scene scene, String prompt, UnaryOperator<SessionOptions.Builder> settings) {
        try (AgentSession session = scene.open(settings)) {
            return Told.by(session.start(prompt));
        }
    }

    /** Where nothing is ever asked, whoever wants to be asked is told so. */
    private static boolean isRefused(Scene scene, UnaryOperator<SessionOptions.Builder> settings) {
        if (scene.can().interactions()) return false;
        String cue = scene.model().says("unasked");
        scene.isUnsupported(cue, () -> play(scene, cue, settings));
        return true;
    }
}
