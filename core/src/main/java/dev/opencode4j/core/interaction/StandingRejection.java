package dev.opencode4j.core.interaction;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** No answer to any question. */
enum StandingRejection implements QuestionPolicy {
    INSTANCE;

    @Override
    public CompletionStage<QuestionReply> answer(QuestionRequest request) {
        return CompletableFuture.completedFuture(QuestionReply.REJECT);
    }

    @Override
    public boolean rejectsAll() {
        return true;
    }
}
