package dev.opencode4j.core.interaction;

import java.util.List;

/**
 * The answer to a {@link QuestionRequest}: one list of labels or free words for each question, or a refusal.
 *
 * @param answers the answers in the questions' order; empty when rejected
 */
public record QuestionReply(List<List<String>> answers) {

    /** No answer: OpenCode ends the turn. */
    public static final QuestionReply REJECT = new QuestionReply(List.of());

    /** Keeps copies of the lists. */
    public QuestionReply {
        answers = answers.stream().map(List::copyOf).toList();
    }

    /** Answers the one question of a request. */
    public static QuestionReply of(String... labels) {
        return new QuestionReply(List.of(List.of(labels)));
    }

    /** Whether this refuses to answer. */
    public boolean isRejection() {
        return answers.isEmpty();
    }
}
