package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.QuestionAnswered;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.QuestionRejected;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the agent asks, who answers, and how an answer gets there once. */
class InteractionsTest {

    private static OneTurn answering(SessionOptions options) {
        return new OneTurn(options, Prompt.of("Hi"))
                .connect()
                .busy()
                .user("msg_1")
                .assistant("msg_2", "msg_1")
                .delta("prt_1", "Hello");
    }

    private static OneTurn with(PermissionPolicy policy) {
        return answering(SessionOptions.builder().permissions(policy).build());
    }

    private static List<String> answers(OneTurn turn) {
        return turn.server.calls.stream()
                .filter(call -> call.startsWith("reply") || call.startsWith("answer"))
                .toList();
    }

    @Test
    void everythingIsRejectedAtOnceUnlessSomebodyIsAsked() {
        OneTurn turn =
                answering(SessionOptions.DEFAULT).permission("ses_1", "per_1").question("ses_1", "que_1");
        assertThat(answers(turn)).containsExactly("reply per_1 reject", "answer que_1 []");
        assertThat(turn.told(PermissionAsked.class)).hasSize(1);
        assertThat(turn.told(QuestionAsked.class)).hasSize(1);
    }

    @Test
    void thePolicysAnswerIsBroughtToTheServerWheneverItComes() {
        CompletableFuture<PermissionReply> later = new CompletableFuture<>();
        OneTurn turn = with(request -> later).permission("ses_1", "per_1").waitAlive(3600);
        later.complete(PermissionReply.ALWAYS);
        assertThat(answers(turn)).containsExactly("reply per_1 always");
        turn.permissionReplied("ses_1", "per_1", "always");
        assertThat(turn.told(PermissionReplied.class))
                .containsExactly(new PermissionReplied("per_1", PermissionReply.ALWAYS, Duration.ofHours(1)));
    }

    @Test
    void aPolicyThatThrowsOrFailsOrAnswersNothingRejectsAndIsReported() {
        List<PermissionPolicy> broken = List.of(
                request -> {
                    throw new IllegalStateException("broken");
                },
                request -> {
                    throw new AssertionError("broken");
                },
                request -> CompletableFuture.failedFuture(new IllegalStateException("broken")),
                request -> CompletableFuture.completedFuture(null),
                request -> null);
        for (PermissionPolicy policy : broken) {
            OneTurn turn = with(policy).permission("ses_1", "per_1");
            assertThat(answers(turn)).containsExactly("reply per_1 reject");
            assertThat(turn.told(ErrorReported.class)).hasSize(1);
            assertThat(turn.isOver()).isFalse();
        }
    }

    @Test
    void aQuestionPolicyThatThrowsRejectsToo() {
        QuestionPolicy broken = request -> {
            throw new IllegalStateException("broken");
        };
        OneTurn turn =
                answering(SessionOptions.builder().questions(broken).build()).question("ses_1", "que_1");
        assertThat(answers(turn)).containsExactly("answer que_1 []");
        assertThat(turn.told(ErrorReported.class)).hasSize(1);
    }

    @Test
    void theConsumerAnswersOnceAndOnlyWhatIsPending() {
        OneTurn turn = OneTurn.answering().question("ses_1", "que_1");
        assertThatThrownBy(() -> turn.turn.answer("que_9", QuestionReply.REJECT))
                .isInstanceOf(IllegalArgumentException.class);
        turn.turn.answer("que_1", new QuestionReply(List.of(List.of("yes"))));
        assertThatThrownBy(() -> turn.turn.answer("que_1", QuestionReply.REJECT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(answers(turn)).containsExactly("answer que_1 [[yes]]");
    }

    @Test
    void whatWasAskedTwiceIsAskedOnceEvenAfterItsAnswer() {
        List<String> asked = new ArrayList<>();
        OneTurn turn = with(request -> {
            asked.add(request.id());
            return new CompletableFuture<>();
        });
        turn.permission("ses_1", "per_1").permission("ses_1", "per_1");
        turn.permissionReplied("ses_1", "per_1", "once").permissionReplied("ses_1", "per_1", "once");
        turn.permission("ses_1", "per_1");
        assertThat(asked).containsExactly("per_1");
        assertThat(turn.told(PermissionAsked.class)).hasSize(1);
        assertThat(turn.told(PermissionReplied.class)).hasSize(1);
        turn.end("Hello");
        assertThat(turn.isOver()).isTrue();
    }

    @Test
    void anAnswerThatGotLostIsSentAgainIfTheServerStillWaits() {
        OneTurn turn = OneTurn.answering().permission("ses_1", "per_1");
        turn.server.replied = () -> CompletableFuture.failedFuture(new ConnectionException("lost", null, null));
        turn.turn.reply("per_1", PermissionReply.ONCE);
        assertThat(turn.told(ErrorReported.class)).hasSize(1);
        turn.server.replied = () -> CompletableFuture.completedFuture(null);
        turn.finds(OneTurn.asked(List.of(OneTurn.permissionRequest("ses_1", "per_1")), List.of()));
        turn.after(1);
        assertThat(answers(turn)).containsExactly("reply per_1 once", "reply per_1 once");
    }

    @Test
    void anAnswerThatIsNeverTakenIsNotSentForEver() {
        OneTurn turn = OneTurn.answering().permission("ses_1", "per_1");
        turn.server.replied = () -> CompletableFuture.failedFuture(new ConnectionException("lost", null, null));
        turn.finds(OneTurn.asked(List.of(OneTurn.permissionRequest("ses_1", "per_1")), List.of()));
        turn.turn.reply("per_1", PermissionReply.ONCE);
        turn.waitAlive(300);
        assertThat(answers(turn)).hasSize(3);
    }

    @Test
    void whoeverWasFasterOurAnswerIsNoError() {
        OneTurn turn = OneTurn.answering().permission("ses_1", "per_1");
        turn.server.replied = () -> CompletableFuture.failedFuture(new SessionNotFoundException("gone", null, null));
        turn.turn.reply("per_1", PermissionReply.ONCE);
        turn.permissionReplied("ses_1", "per_1", "reject").end("Hello");
        assertThat(turn.told(ErrorReported.class)).isEmpty();
        assertThat(turn.told(PermissionReplied.class)).hasSize(1);
    }

    @Test
    void whatWasAnsweredInAGapIsToldOnce() {
        OneTurn turn = OneTurn.answering().permission("ses_1", "per_1").question("ses_1", "que_1");
        turn.turn.reply("per_1", PermissionReply.ONCE);
        turn.gap().finds(OneTurn.asked(List.of(), List.of())).ready();
        turn.permissionReplied("ses_1", "per_1", "once").questionReplied("que_1", "late");
        assertThat(turn.told(PermissionReplied.class)).hasSize(1);
        assertThat(turn.told(QuestionRejected.class)).hasSize(1);
        assertThat(turn.told(QuestionAnswered.class)).isEmpty();
    }

    /** The server made its list before it asked. */
    @Test
    void aQuestionAskedWhileTheServerIsLookedAtIsNotTakenForAnswered() {
        CompletableFuture<Snapshot> look = new CompletableFuture<>();
        OneTurn turn = OneTurn.answering();
        turn.server.look = () -> look;
        turn.error("trouble").after(0.4);
        assertThat(turn.server.count("look")).isEqualTo(1);
        turn.question("ses_1", "que_1");
        look.complete(OneTurn.asked(List.of(), List.of()));
        assertThat(turn.told(QuestionRejected.class)).isEmpty();
        turn.turn.answer("que_1", new QuestionReply(List.of(List.of("yes"))));
        assertThat(answers(turn)).containsExactly("answer que_1 [[yes]]");
    }

    @Test
    void anInterruptRejectsWhatIsOpenAndWhatIsStillAsked() {
        OneTurn turn = OneTurn.answering().question("ses_1", "que_1");
        turn.turn.interrupt();
        turn.question("ses_1", "que_2").permission("ses_1", "per_3");
        assertThat(answers(turn)).containsExactly("answer que_1 []", "answer que_2 []", "reply per_3 reject");
        turn.finds(SessionStatus.IDLE, true).after(1);
        assertThat(turn.isOver()).isTrue();
    }
}
