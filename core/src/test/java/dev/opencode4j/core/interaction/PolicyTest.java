package dev.opencode4j.core.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.part.Json;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PolicyTest {

    private static final PermissionRequest PERMISSION =
            new PermissionRequest("per_1", "ses_1", "bash", List.of("ls"), List.of("ls *"), Json.EMPTY, null, null);
    private static final QuestionRequest QUESTION =
            new QuestionRequest("que_1", "ses_1", List.of(new Question("Colour?", "C", List.of(), false)), null, null);

    @Test
    void stockAnswersAreGivenAtOnce() {
        assertThat(now(PermissionPolicy.reject())).isCompletedWithValue(PermissionReply.REJECT);
        assertThat(now(PermissionPolicy.once())).isCompletedWithValue(PermissionReply.ONCE);
        assertThat(now(PermissionPolicy.always())).isCompletedWithValue(PermissionReply.ALWAYS);
        assertThat(QuestionPolicy.reject().answer(QUESTION).toCompletableFuture())
                .isCompletedWithValue(QuestionReply.REJECT);
    }

    @Test
    void theConsumersAnswerIsNotWaitedFor() {
        assertThat(now(PermissionPolicy.askConsumer())).isNotDone();
        assertThat(QuestionPolicy.askConsumer().answer(QUESTION).toCompletableFuture())
                .isNotDone();
    }

    @Test
    void aPersonIsAskedOnAnotherThread() throws Exception {
        Thread asker = Thread.currentThread();
        PermissionReply because = PermissionReply.rejectBecause("not on a Friday");
        CompletableFuture<PermissionReply> answer = now(PermissionPolicy.asking(request -> {
            assertThat(Thread.currentThread()).isNotEqualTo(asker);
            return because;
        }));
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(because);
        assertThat(QuestionPolicy.asking(request -> QuestionReply.of("Red"))
                        .answer(QUESTION)
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS))
                .isEqualTo(new QuestionReply(List.of(List.of("Red"))));
    }

    @Test
    void aPersonWhoFailsToAnswerFailsTheStage() {
        CompletableFuture<PermissionReply> answer = now(PermissionPolicy.asking(request -> {
            throw new IllegalStateException("gone home");
        }));
        assertThat(answer).failsWithin(30, TimeUnit.SECONDS).withThrowableThat().withMessageContaining("gone home");
    }

    @Test
    void noAnswersAreARejection() {
        assertThat(QuestionReply.REJECT.isRejection()).isTrue();
        assertThat(QuestionReply.of("Red").isRejection()).isFalse();
    }

    private static CompletableFuture<PermissionReply> now(PermissionPolicy policy) {
        return policy.answer(PERMISSION).toCompletableFuture();
    }
}
