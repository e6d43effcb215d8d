package dev.opencode4j.core.interaction;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Runs a question to a person on a daemon thread of its own: such calls are rare and may last for hours. */
final class OwnThread {

    private OwnThread() {}

    static <T> CompletionStage<T> call(String name, Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        answer.complete(question.get());
                    } catch (Throwable e) {
                        answer.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return answer;
    }
}
