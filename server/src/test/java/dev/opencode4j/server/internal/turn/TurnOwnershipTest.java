package dev.opencode4j.server.internal.turn;

import static dev.opencode4j.server.internal.turn.OneTurn.stored;
import static dev.opencode4j.server.internal.turn.OneTurn.textPart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.event.TodosChanged;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.model.SessionStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A person, another program and another turn use the same session: each event is made something of by its own turn. */
class TurnOwnershipTest {

    private static final SessionStatus IDLE = SessionStatus.IDLE;
    private static final SessionStatus BUSY = SessionStatus.BUSY;

    private static SessionOptions approving() {
        return SessionOptions.builder().permissions(PermissionPolicy.once()).build();
    }

    /** Behind a person's turn, which is at work. */
    private static OneTurn queued() {
        OneTurn turn = new OneTurn(approving(), Prompt.of("Hi"), server -> server.isBehindOthers = true);
        return turn.connect().busy().assistant("msg_0a", "msg_0").user("msg_1");
    }

    private static PermissionRequest request(String session, String message, String id) {
        return new PermissionRequest(id, session, "bash", List.of("ls"), List.of(), Json.EMPTY, message, "call_1");
    }

    private static List<String> replies(OneTurn turn) {
        return turn.server.calls.stream()
                .filter(call -> call.startsWith("reply"))
                .toList();
    }

    @Test
    void aPermissionOfAnotherTurnIsLeftAloneOnTheStreamAndWhenAsked() {
        OneTurn turn = queued().permissionOf("msg_0a", "per_1");
        turn.finds(OneTurn.asked(
                List.of(request("ses_1", "msg_0a", "per_1"), request("ses_7", "msg_70", "per_2")),
                List.of(),
                new TaskCall("ses_1", "msg_0a", "ses_7", "do it")));
        turn.gap().ready().after(10);
        assertThat(replies(turn)).isEmpty();
        assertThat(turn.told(PermissionAsked.class)).isEmpty();
        turn.permissionReplied("ses_1", "per_1", "always");
        assertThat(turn.told(PermissionReplied.class)).isEmpty();
    }

    @Test
    void aPermissionOfAMessageThatIsNotKnownYetIsAnsweredOnceItIsKnownAsOurs() {
        OneTurn turn = new OneTurn(approving(), Prompt.of("Hi")).connect().busy();
        turn.permissionOf("msg_2", "per_1").permissionOf("msg_0a", "per_2");
        assertThat(replies(turn)).isEmpty();
        turn.assistant("msg_2", "msg_1").assistant("msg_0a", "msg_0");
        assertThat(replies(turn)).containsExactly("reply per_1 once");
    }

    @Test
    void aRequestThatNamesNoMessageIsOursIfOurAnswerIsTheLatest() {
        OneTurn turn = queued().permission("ses_1", "per_1");
        assertThat(replies(turn)).isEmpty();
        turn.assistant("msg_2", "msg_1").permission("ses_1", "per_2");
        assertThat(replies(turn)).containsExactly("reply per_2 once");
    }

    @Test
    void aSessionThatSomebodyOpensUnderOursIsNoSubAgentOfOurs() {
        OneTurn turn = new OneTurn(approving(), Prompt.of("Hi")).connect().busy();
        turn.assistant("msg_2", "msg_1").born("ses_7", "ses_1").permission("ses_7", "per_7");
        turn.finds(OneTurn.asked(List.of(request("ses_7", "msg_70", "per_7")), List.of()));
        turn.gap().ready().after(1);
        assertThat(replies(turn)).isEmpty();
        turn.task("ses_8").permission("ses_8", "per_8");
        assertThat(replies(turn)).containsExactly("reply per_8 once");
    }

    /** The task is over, or runs still; the same session is a person's to prompt. */
    @Test
    void whatAPersonPromptsInASubAgentsSessionIsHis() {
        OneTurn turn = new OneTurn(approving(), Prompt.of("Hi")).connect().busy();
        turn.assistant("msg_2", "msg_1").born("ses_8", "ses_1").task("ses_8");
        turn.permissionOf("ses_8", OneTurn.childMessage("ses_8", "b"), "per_1");
        turn.childMessage("ses_8", "c", "user", "").childMessage("ses_8", "d", "assistant", "c");
        turn.permissionOf("ses_8", OneTurn.childMessage("ses_8", "d"), "per_2");
        turn.permission("ses_8", "per_3");
        assertThat(replies(turn)).containsExactly("reply per_1 once");
    }

    /** The sub-agent has written so much since that its prompt is not among its latest messages. */
    @Test
    void aSubAgentWhosePromptWasMissedIsKnownByWhatItAnswers() {
        OneTurn turn = new OneTurn(approving(), Prompt.of("Hi")).connect().busy();
        turn.assistant("msg_2", "msg_1").taskBegun("ses_8").childMessage("ses_8", "b", "assistant", "a");
        turn.permissionOf("ses_8", OneTurn.childMessage("ses_8", "b"), "per_1");
        assertThat(replies(turn)).containsExactly("reply per_1 once");
    }

    /** 1.2.27 in a git repository: the call that started the sub-agent is told after it has begun. */
    @Test
    void aSubAgentMayBeginBeforeTheCallThatStartedItIsTold() {
        OneTurn turn = new OneTurn(approving(), Prompt.of("Hi")).connect().busy();
        turn.assistant("msg_2", "msg_1").born("ses_8", "ses_1");
        turn.childMessage("ses_8", "a", "user", "").childMessage("ses_8", "b", "assistant", "a");
        turn.permissionOf("ses_8", OneTurn.childMessage("ses_8", "b"), "per_1");
        assertThat(replies(turn)).isEmpty();
        turn.taskBegun("ses_8");
        assertThat(replies(turn)).containsExactly("reply per_1 once");
    }

    @Test
    void aTaskMayBePromptedAgainInTheSameSession() {
        OneTurn turn = new OneTurn(approving(), Prompt.of("Hi")).connect().busy();
        turn.assistant("msg_2", "msg_1").task("ses_8").childMessage("ses_8", "c", "user", "");
        turn.event(
                "message.part.updated",
                "\"part\":{\"id\":\"prt_c\",\"sessionID\":\"ses_8\",\"messageID\":\""
                        + OneTurn.childMessage("ses_8", "c") + "\",\"type\":\"text\",\"text\":\"do it\"}");
        turn.childMessage("ses_8", "d", "assistant", "c");
        turn.permissionOf("ses_8", OneTurn.childMessage("ses_8", "d"), "per_1");
        assertThat(replies(turn)).containsExactly("reply per_1 once");
    }

    /** Of an attached file the server makes a text of its own, which comes first, as after a compaction. */
    @Test
    void aPersonsPromptThatBeginsWithAFileIsNotTheServersContinuationOfOurs() {
        OneTurn turn = new OneTurn(approving(), Prompt.of("Hi")).connect().busy();
        turn.assistant("msg_2", "msg_1").user("msg_3");
        turn.event(
                "message.part.updated",
                "\"part\":{\"id\":\"prt_3a\",\"sessionID\":\"ses_1\",\"messageID\":\"msg_3\",\"type\":\"text\","
                        + "\"text\":\"Called the Read tool\",\"synthetic\":true}");
        turn.text("msg_3", "prt_3b", "theirs").assistant("msg_4", "msg_3").permissionOf("msg_4", "per_1");
        assertThat(replies(turn)).isEmpty();
    }

    /** The way of the request is long; meanwhile the turn was interrupted, and the stop given up. */
    @Test
    void aPromptThatArrivesLongAfterAnInterruptIsAbortedThen() {
        CompletableFuture<Void> post = new CompletableFuture<>();
        OneTurn turn = new OneTurn(approving(), Prompt.of("Hi"), server -> server.submit = () -> post);
        turn.connect().finds(IDLE, false);
        turn.turn.interrupt();
        turn.after(60);
        assertThat(turn.server.lanes.size()).isZero();
        long before = turn.server.count("abort");
        turn.finds(BUSY, true);
        post.complete(null);
        assertThat(turn.server.count("abort")).isGreaterThan(before);
    }

    /** The server answers the latest prompt, also when an earlier one's tools have just been called. */
    @Test
    void aTurnThatAnotherPromptTakesOverSaysSoAndIsNoSuccess() {
        OneTurn turn = OneTurn.answering().text("msg_2", "prt_1", "Hello").completed("msg_2", "msg_1", "tool-calls");
        turn.user("msg_3").assistant("msg_4", "msg_3");
        assertThat(turn.failure()).isInstanceOf(ServerException.class).hasMessageContaining("took the session over");
        assertThat(turn.text()).isEqualTo("Hello");
        assertThat(turn.server.count("abort"))
                .as("the session answers somebody else")
                .isZero();
    }

    @Test
    void anInterruptOfATurnWhoseWorkIsDoneStrikesNobodyElse() {
        OneTurn turn = OneTurn.answering();
        turn.server.aborted = CompletableFuture::new;
        turn.server.lanes.enter(OneTurn.SESSION, () -> {});
        turn.turn.interrupt();
        turn.completed("msg_2", "msg_1", "tool-calls").assistant("msg_4", "msg_3");
        turn.after(31);
        assertThat(turn.server.count("abort")).isZero();
    }

    @Test
    void aStoppedTurnRejectsWhatItsOwnToolsAskLateAndNothingElse() {
        OneTurn turn = OneTurn.answering().task("ses_2").born("ses_7", "ses_1");
        turn.turn.interrupt();
        turn.completed("msg_2", "msg_1", "stop").idle();
        assertThat(turn.end()).isInstanceOf(TurnInterrupted.class);
        turn.permissionOf("msg_2", "per_1").permission("ses_2", "per_2").permission("ses_7", "per_7");
        turn.permissionOf("msg_9", "per_9");
        assertThat(replies(turn)).containsExactly("reply per_1 reject", "reply per_2 reject");
        turn.after(6);
        turn.permissionOf("msg_2", "per_3");
        assertThat(replies(turn)).hasSize(2);
    }

    @Test
    void todosRetriesAndErrorsOfAnotherTurnAreNotToldAsOurs() {
        OneTurn turn = queued().todos("theirs").retry("their provider").error("their failure");
        turn.finds(BUSY, true).after(2);
        assertThat(turn.told(TodosChanged.class)).isEmpty();
        assertThat(turn.told(Retrying.class)).isEmpty();
        assertThat(turn.told(ErrorReported.class)).isEmpty();
        turn.assistant("msg_2", "msg_1").todos("ours").retry("our provider");
        assertThat(turn.told(TodosChanged.class)).hasSize(1);
        assertThat(turn.told(Retrying.class)).hasSize(1);
    }

    /** 1.15.13 and 1.18.33 tell the error, idle, and then the message that failed. */
    @Test
    void aQueuedTurnDoesNotFailWithItsPredecessorsErrorAndIsRunAnew() {
        OneTurn turn = queued().error("their failure").idle();
        turn.failed("msg_0a", "msg_0", "their failure").idle();
        Deque<String> ids = new ArrayDeque<>(List.of("msg_5"));
        turn.server.nextId = () -> CompletableFuture.completedFuture(ids.remove());
        turn.server.isBehindOthers = false;
        turn.finds(IDLE, true).after(3);
        assertThat(turn.server.calls).contains("remove msg_1");
        assertThat(turn.server.count("submit")).isEqualTo(2);
        turn.finds(BUSY, true).user("msg_5").assistant("msg_6", "msg_5");
        turn.text("msg_6", "prt_6", "Hello").completed("msg_6", "msg_5", "stop").idle();
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
        assertThat(turn.end().result().messageId()).isEqualTo("msg_5");
    }

    @Test
    void aPromptThatAnotherModelHasReadIsNotSentAnewButFailsWithinSecondsAsRetryable() {
        OneTurn turn = OneTurn.prompted().busy().user("msg_1").user("msg_1b").assistant("msg_2", "msg_1b");
        turn.completed("msg_2", "msg_1b", "stop").idle();
        turn.finds(
                IDLE,
                true,
                stored("msg_2", "stop", textPart("msg_2", "prt_1", "theirs"))
                        .replace("\"parentID\":\"msg_1\"", "\"parentID\":\"msg_1b\""));
        turn.after(5);
        assertThat(turn.failure()).isInstanceOf(ServerException.class).hasMessageContaining("never ran it");
        assertThat(turn.failure().isRetryable()).isTrue();
        assertThat(turn.server.count("submit")).isEqualTo(1);
        assertThat(turn.server.calls).contains("remove msg_1");
    }

    @Test
    void aPromptWhoseIdTheCallerChoseIsNotSentUnderAnother() {
        OneTurn turn =
                new OneTurn(approving(), Prompt.builder("Hi").messageId("msg_1").build());
        turn.connect().user("msg_1").finds(IDLE, true).idle().after(5);
        assertThat(turn.failure()).hasMessageContaining("never ran it");
        assertThat(turn.server.count("submit")).isEqualTo(1);
    }

    @Test
    void aTurnThatOnlyWaitsInLineIsInterruptedWithoutAnAbortAndItsPromptTakenBackWhenThatIsPossible() {
        OneTurn turn = queued();
        turn.turn.interrupt();
        assertThat(turn.end()).isInstanceOf(TurnInterrupted.class);
        turn.finds(BUSY, true).after(60);
        assertThat(turn.server.count("abort")).isZero();
        turn.completed("msg_0a", "msg_0", "stop").idle().finds(IDLE, true).after(5);
        assertThat(turn.server.count("abort")).isZero();
        assertThat(turn.server.calls).contains("remove msg_1");
        assertThat(turn.server.lanes.size()).isZero();
    }

    @Test
    void aTurnThatWasInterruptedInLineIsAbortedWhenItsTurnComes() {
        OneTurn turn = queued();
        turn.turn.interrupt();
        turn.completed("msg_0a", "msg_0", "stop").assistant("msg_2", "msg_1");
        assertThat(turn.server.count("abort")).isEqualTo(1);
    }

    @Test
    void anAbortThatIsLostIsRepeatedAndTheNextTurnWaitsForIt() {
        OneTurn turn = OneTurn.answering();
        turn.server.aborted = () -> CompletableFuture.failedFuture(ServerException.retryable("lost", null));
        turn.finds(BUSY, true);
        turn.turn.interrupt();
        turn.after(1);
        assertThat(turn.end()).isInstanceOf(TurnInterrupted.class);
        Deque<String> next = new ArrayDeque<>();
        turn.server.lanes.enter(OneTurn.SESSION, () -> next.add("sends"));
        turn.after(5);
        assertThat(turn.server.count("abort")).isGreaterThan(2);
        assertThat(next).isEmpty();
        turn.server.aborted = () -> CompletableFuture.completedFuture(null);
        turn.after(5).completed("msg_2", "msg_1", "stop").idle();
        assertThat(next).containsExactly("sends");
    }

    @Test
    void anAbortThatNeverGetsThroughHoldsTheNextTurnUpForHalfAMinuteOnly() {
        OneTurn turn = OneTurn.answering();
        turn.server.aborted = CompletableFuture::new;
        turn.turn.interrupt();
        turn.after(31);
        assertThat(turn.server.lanes.size()).isZero();
    }

    @Test
    void aPromptThatWaitsForItsTurnToBeSentIsNotSentAfterAnInterrupt() {
        OneTurn turn = new OneTurn(approving(), Prompt.of("Hi"), server -> {
            server.lanes.enter(OneTurn.SESSION, () -> {});
        });
        turn.connect();
        turn.turn.interrupt();
        assertThat(turn.end()).isInstanceOf(TurnInterrupted.class);
        assertThat(turn.server.calls).isEmpty();
        assertThat(turn.server.lanes.size()).as("the other's only").isEqualTo(1);
    }

    @Test
    void aSessionThatIsDeletedEndsTheTurnAtOnce() {
        OneTurn turn = OneTurn.answering().event("session.deleted", "\"sessionID\":\"ses_1\"");
        assertThat(turn.failure()).isInstanceOf(SessionNotFoundException.class);
        assertThat(turn.text()).isEqualTo("Hello");
        assertThat(turn.server.count("abort")).isEqualTo(1);
    }

    @Test
    void anAnswerOfTheWrongKindIsRefusedToTheCallerAndTheRequestStaysOpen() {
        OneTurn turn = OneTurn.answering().question("ses_1", "que_1").permission("ses_1", "per_1");
        assertThatThrownBy(() -> turn.turn.reply("que_1", PermissionReply.ONCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("question");
        assertThatThrownBy(() -> turn.turn.answer("per_1", QuestionReply.REJECT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("permission");
        turn.turn.answer("que_1", QuestionReply.REJECT);
        turn.turn.reply("per_1", PermissionReply.ONCE);
        assertThat(turn.isOver()).isFalse();
        assertThat(turn.told(QuestionAsked.class)).hasSize(1);
    }

    @Test
    void anAnswerThatWasCutOffFailsTheTurnWithItsText() {
        OneTurn turn = OneTurn.answering()
                .text("msg_2", "prt_1", "Hello")
                .completed("msg_2", "msg_1", "length")
                .idle();
        assertThat(turn.failure())
                .isInstanceOfSatisfying(
                        OutputLimitException.class,
                        failure -> assertThat(failure.partialText()).isEqualTo("Hello"));
    }

    @Test
    void aPolicyThatSleepsStallsNobodyAndItsTimeIsTheTurns() {
        Deque<Runnable> policies = new ArrayDeque<>();
        OneTurn turn = new OneTurn(approving(), Prompt.of("Hi"), server -> {}, policies::add);
        turn.connect()
                .busy()
                .assistant("msg_2", "msg_1")
                .permissionOf("msg_2", "per_1")
                .delta("prt_1", "on");
        assertThat(policies).as("policies run on the consumers' threads").isNotEmpty();
        assertThat(replies(turn)).isEmpty();
        turn.waitAlive(610);
        policies.forEach(Runnable::run);
        assertThat(turn.server.count("abort"))
                .as("the deadline is not held off")
                .isGreaterThan(0);
        assertThat(replies(turn)).containsExactly("reply per_1 reject");
    }

    @Test
    void anUnknownAgentsErrorIsBelievedWhenNobodyElseIsAtWork() {
        OneTurn turn = OneTurn.prompted().user("msg_1");
        turn.error("Agent not found").finds(IDLE, true).after(2);
        assertThat(turn.failure()).hasMessageContaining("Agent not found");
    }
}
