package dev.opencode4j.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.Question;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.part.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PendingRequestsTest {

    private long now = Long.MAX_VALUE - 5; // A nano clock may start anywhere and overflow.
    private final PendingRequests pending = new PendingRequests(() -> now);

    @Test
    void requestsArePendingInTheOrderInWhichTheyWereAsked() {
        assertThat(pending.isEmpty()).isTrue();
        pending.asked(permission("per_2", "call_2"));
        pending.asked(question("que_1", "call_1"));
        pending.asked(permission("per_1", "call_3"));
        assertThat(pending.isEmpty()).isFalse();
        assertThat(pending.permissions()).extracting(PermissionRequest::id).containsExactly("per_2", "per_1");
        assertThat(pending.questions()).extracting(QuestionRequest::id).containsExactly("que_1");
    }

    @Test
    void anAnswerTellsHowLongTheRequestWaited() {
        pending.asked(question("que_1", "call_1"));
        pass(Duration.ofSeconds(90));
        assertThat(pending.resolved("que_1")).isEqualTo(Duration.ofSeconds(90));
        assertThat(pending.isEmpty()).isTrue();
        assertThat(pending.resolved("que_1")).isZero();
    }

    @Test
    void anAnswerToAnUnknownRequestChangesNothing() { // 12
        pending.asked(question("que_1", "call_1"));
        assertThat(pending.resolved("que_9")).isZero();
        assertThat(pending.questions()).hasSize(1);
    }

    @Test
    void aRequestThatIsHeardOfAgainIsNotNewAndHasWaitedSinceTheFirstTime() {
        assertThat(pending.asked(permission("per_1", "call_1"))).isTrue();
        pass(Duration.ofSeconds(5));
        assertThat(pending.asked(permission("per_1", "call_1"))).isFalse();
        pass(Duration.ofSeconds(5));
        assertThat(pending.resolved("per_1")).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aRequestIsFoundByTheCallThatWaits() {
        pending.asked(question("que_1", "call_1"));
        pending.asked(question("que_2", null));
        assertThat(pending.findByCall("call_1")).isEqualTo(Optional.of("que_1"));
        assertThat(pending.findByCall("call_2")).isEmpty();
        pending.resolved("que_1");
        assertThat(pending.findByCall("call_1")).isEmpty();
    }

    @Test
    void anAnswerLeavesTheOtherRequestOfTheSameCall() { // 12 [V]: it removed the other one's place too
        pending.asked(permission("per_1", "call_1"));
        pending.asked(permission("per_2", "call_1"));
        assertThat(pending.findByCall("call_1")).isEqualTo(Optional.of("per_2"));
        pending.resolved("per_1");
        assertThat(pending.findByCall("call_1")).isEqualTo(Optional.of("per_2"));
    }

    @Test
    void theEarlierRequestOfACallIsFoundAgainWhenTheLaterOneIsAnswered() {
        pending.asked(permission("per_1", "call_1"));
        pending.asked(permission("per_2", "call_1"));
        pending.resolved("per_2");
        assertThat(pending.findByCall("call_1")).isEqualTo(Optional.of("per_1"));
    }

    @Test
    void whatWasAnsweredInAGapIsFoundByAsking() { // 12: such a request blocked the deadline for ever
        PermissionRequest permission = permission("per_1", "call_1");
        QuestionRequest question = question("que_1", "call_2");
        pending.asked(permission);
        pass(Duration.ofSeconds(1));
        pending.asked(question);
        pending.asked(question("que_2", "call_3"));
        pass(Duration.ofSeconds(1));
        assertThat(pending.retainOnly(Set.of("que_2", "que_of_somebody_else")))
                .containsExactly(
                        new PendingRequests.Vanished(
                                "per_1", Optional.of(permission), Optional.empty(), Duration.ofSeconds(2)),
                        new PendingRequests.Vanished(
                                "que_1", Optional.empty(), Optional.of(question), Duration.ofSeconds(1)));
        assertThat(pending.questions()).extracting(QuestionRequest::id).containsExactly("que_2");
        assertThat(pending.permissions()).isEmpty();
        assertThat(pending.retainOnly(Set.of("que_2"))).isEmpty();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static PermissionRequest permission(String id, String callId) {
        return new PermissionRequest(id, "ses_1", "bash", List.of("rm *"), List.of(), Json.EMPTY, null, callId);
    }

    private static QuestionRequest question(String id, @Nullable String callId) {
        Question question = new Question("Which colour?", "Colour", List.of(), false);
        return new QuestionRequest(id, "ses_1", List.of(question), null, callId);
    }
}
