package dev.opencode4j.core.interaction;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Who answers when an agent asks a question; see {@link PermissionPolicy} for threads and failures, which are the same.
 */
@FunctionalInterface
public interface QuestionPolicy {

    /** The answer, now or later. A stage that never completes leaves the question to the turn's consumer. */
    CompletionStage<QuestionReply> answer(QuestionRequest request);

    /** Whether every question is rejected without a look at it. Agents that can't ask take no other policy. */
    default boolean rejectsAll() {
        return false;
    }

    /** Rejects every question at once. The default. */
    static QuestionPolicy reject() {
        return StandingRejection.INSTANCE;
    }

    /** Leaves the answer to whoever reads the turn's events: see {@code Turn.answer}. */
    static QuestionPolicy askConsumer() {
        return request -> new CompletableFuture<>();
    }

    /** Asks {@code question}, which may block (a person, another service), on a thread of its own. */
    static QuestionPolicy asking(Function<QuestionRequest, QuestionReply> question) {
        return request -> OwnThread.call("opencode4j-question", () -> question.apply(request));
    }
}
