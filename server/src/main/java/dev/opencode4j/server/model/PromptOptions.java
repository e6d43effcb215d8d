package dev.opencode4j.server.model;

import dev.opencode4j.core.argument.Arguments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What only a server can do with a prompt. Immutable; begin with {@link #NONE}.
 *
 * @param delivery whether the agent answers
 * @param origin whether people see the text as the user's
 * @param schemaRetries how often the model may try to follow the prompt's schema again, or null for the server's choice
 * @param mentions agents that the text mentions, by name
 * @param subtasks what sub-agents are to do
 */
public record PromptOptions(
        Delivery delivery,
        Origin origin,
        @Nullable Integer schemaRetries,
        List<String> mentions,
        List<Subtask> subtasks) {

    /** The agent answers the user's text. */
    public static final PromptOptions NONE =
            new PromptOptions(Delivery.ANSWERED, Origin.USER, null, List.of(), List.of());

    /** Refuses negative retries and blank names. */
    public PromptOptions {
        if (schemaRetries != null && schemaRetries < 0) {
            throw new IllegalArgumentException("schemaRetries: must not be negative, was " + schemaRetries);
        }
        mentions.forEach(name -> Arguments.textIfAny(name, "mentions"));
        mentions = List.copyOf(mentions);
        subtasks = List.copyOf(subtasks);
    }

    /** The same without an answer: the text is kept, and the model sees it with the next prompt. */
    public PromptOptions withoutReply() {
        return new PromptOptions(Delivery.KEPT, origin, schemaRetries, mentions, subtasks);
    }

    /** The same with a text that is not the user's own words. */
    public PromptOptions asSynthetic() {
        return new PromptOptions(delivery, Origin.SYNTHETIC, schemaRetries, mentions, subtasks);
    }

    /** The same with a number of tries to follow the prompt's schema. */
    public PromptOptions withSchemaRetries(int value) {
        return new PromptOptions(delivery, origin, value, mentions, subtasks);
    }

    /** The same with another agent mentioned. */
    public PromptOptions mentioning(String agent) {
        return new PromptOptions(delivery, origin, schemaRetries, and(mentions, agent), subtasks);
    }

    /** The same with another sub-agent's task. */
    public PromptOptions withSubtask(Subtask subtask) {
        return new PromptOptions(delivery, origin, schemaRetries, mentions, and(subtasks, subtask));
    }

    private static <T> List<T> and(List<T> list, T more) {
        List<T> all = new ArrayList<>(list);
        all.add(more);
        return all;
    }

    /** What becomes of a prompt. */
    public enum Delivery {
        /** The agent answers it. */
        ANSWERED,
        /** It is kept, and read with the next one. */
        KEPT
    }

    /** Whose words a prompt is. */
    public enum Origin {
        /** The user's. */
        USER,
        /** A program's. */
        SYNTHETIC
    }

    /**
     * A task for a sub-agent.
     *
     * @param agent the sub-agent's name
     * @param description the task in a few words
     * @param prompt the task in full
     */
    public record Subtask(String agent, String description, String prompt) {

        /** Refuses blanks. */
        public Subtask {
            Arguments.textIfAny(agent, "agent");
            Arguments.textIfAny(description, "description");
            Arguments.textIfAny(prompt, "prompt");
        }
    }
}
