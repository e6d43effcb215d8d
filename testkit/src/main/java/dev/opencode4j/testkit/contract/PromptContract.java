package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.prompt.Attachment;
import dev.opencode4j.core.prompt.Prompt;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** What is said reaches the model as it was said, or not at all. */
interface PromptContract {

    @Test
    default void aBlankPromptIsRefusedBeforeAnything(Scene scene) {
        try (AgentSession session = scene.open()) {
            assertThrows(IllegalArgumentException.class, () -> session.run(" \n"));
            assertEquals("fine", session.run(scene.model().says("fine")).text());
        }
    }

    @Test
    default void aBigPromptReachesTheModelAsItIs(Scene scene) {
        reaches(
                scene,
                (scene.model().says("read") + " 0123456789abcde").repeat(1).concat("x".repeat(1_000_000)));
    }

    @Test
    default void aPromptThatLooksLikeAnOptionReachesTheModelAsItIs(Scene scene) {
        reaches(scene, "--help me, please " + scene.model().says("helped"));
    }

    @Test
    default void quotesAndLinesReachTheModelAsTheyAre(Scene scene) {
        reaches(
                scene,
                "\"It's\" `$HOME` \\n 100% <b>&amp;\n\tnext line\n\n"
                        + scene.model().says("quoted"));
    }

    @Test
    default void aPromptOfEmojiAloneReachesTheModelAsItIs(Scene scene) {
        String zoo = "🐘🦒🐧🐙🦔🐳🦉🐞";
        StringBuilder emoji = new StringBuilder();
        ThreadLocalRandom.current()
                .ints(24, 0, 8)
                .forEach(i -> emoji.appendCodePoint(zoo.codePointAt(zoo.offsetByCodePoints(0, i))));
        reaches(scene, emoji.append("👩‍👩‍👧‍👦").toString());
    }

    private static void reaches(Scene scene, String prompt) {
        scene.complete(prompt);
        assertTrue(scene.model().received(prompt), () -> "the model received " + prompt);
    }

    @Test
    default void anAttachmentReachesTheModel(Scene scene) {
        String dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
        String cue = scene.model().says("seen");
        Prompt prompt = Prompt.builder("Look. " + cue)
                .attach(Attachment.of(
                        "dot.png", "image/png", Base64.getDecoder().decode(dot)))
                .build();
        if (!scene.can().attachments()) {
            scene.isUnsupported(cue, () -> scene.complete(prompt));
            return;
        }
        assertEquals("seen", scene.complete(prompt).text());
        assertTrue(scene.model().wasShown(cue, dot), "the picture shown to the model");
    }
}
