package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Prompt;
import org.junit.jupiter.api.Test;

/** An answer that follows a JSON schema is there as a value. */
interface StructuredContract {

    @Test
    default void aStructuredAnswerIsAValue(Scene scene) {
        Json schema = Json.parse("""
                {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"], "additionalProperties": false}
                """);
        Json value = Json.parse("{\"a\":42}");
        if (!scene.can().structured()) {
            String cue = scene.model().says("{\"a\":42}");
            scene.isUnsupported(
                    cue, () -> scene.complete(Prompt.builder(cue).schema(schema).build()));
            return;
        }
        String cue = scene.model().structures(value);
        try (AgentSession session = scene.open()) {
            Prompt prompt = Prompt.builder("How many? " + cue).schema(schema).build();
            Told told = Told.by(session.start(prompt)).completed();
            assertEquals(value, told.result().structured());
            Told next = Told.by(session.start(scene.model().says("in words"))).completed();
            assertEquals("in words", next.text());
            assertNull(next.result().structured());
        }
    }
}
