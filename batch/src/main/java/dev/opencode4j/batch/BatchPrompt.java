package dev.opencode4j.batch;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import org.jspecify.annotations.Nullable;

/**
 * One prompt of a batch.
 *
 * @param id what it is known by, in this run and after a crash; no two prompts have the same
 * @param prompt what is said
 * @param model the model, or null for the session's
 * @param agent the agent's name, such as {@code plan}, or null for the session's
 * @param schema the JSON schema that the answer must follow, or null for free text
 */
public record BatchPrompt(
        String id,
        String prompt,
        @Nullable Model model,
        @Nullable String agent,
        @Nullable Json schema) {

    /** Refuses blank text. */
    public BatchPrompt {
        Arguments.text(id, "id");
        Arguments.text(prompt, "prompt");
        Arguments.textIfAny(agent, "agent");
    }

    /** A prompt of text alone. */
    public static BatchPrompt of(String id, String prompt) {
        return new BatchPrompt(id, prompt, null, null, null);
    }

    /** What is sent. */
    public Prompt toPrompt() {
        Prompt.Builder builder = Prompt.builder(prompt);
        if (model != null) builder.model(model);
        if (agent != null) builder.agent(agent);
        if (schema != null) builder.schema(schema);
        return builder.build();
    }
}
