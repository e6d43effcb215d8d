package dev.opencode4j.core.interaction;

import java.util.List;

/**
 * One question of a {@link QuestionRequest}.
 *
 * @param question the question in full
 * @param header a label of a few words
 * @param options the answers that the agent suggests; any other text may be answered too
 * @param multiple whether more than one option may be chosen
 */
public record Question(String question, String header, List<Option> options, boolean multiple) {

    /** Keeps a copy of the list. */
    public Question {
        options = List.copyOf(options);
    }

    /**
     * A suggested answer.
     *
     * @param label what to answer
     * @param description what it means
     */
    public record Option(String label, String description) {}
}
