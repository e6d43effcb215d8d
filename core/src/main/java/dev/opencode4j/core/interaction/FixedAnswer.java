package dev.opencode4j.core.interaction;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers every question alike. */
record FixedAnswer(QuestionReply reply) implements QuestionPolicy {

    @Override
    public CompletionStage<QuestionReply> answer(QuestionRequest request) {
        return CompletableFuture.completedFuture(reply);
    }

    @Override
    public Optional<QuestionReply> fixed() {
        return Optional.of(reply);
    }
}
