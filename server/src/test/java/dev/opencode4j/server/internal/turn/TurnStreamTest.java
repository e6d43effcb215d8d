package dev.opencode4j.server.internal.turn;

import static dev.opencode4j.server.internal.turn.OneTurn.stored;
import static dev.opencode4j.server.internal.turn.OneTurn.textPart;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a turn makes of what it hears, of what it misses, and of what it is told when it asks. */
class TurnStreamTest {

    private static final SessionStatus IDLE = SessionStatus.IDLE;
    private static final SessionStatus BUSY = SessionStatus.BUSY;

    private static String hello(String text) {
        return stored("msg_2", "stop", textPart("msg_2", "prt_1", text));
    }

    @Test
    void thePromptIsSentOnceTheStreamIsReadyAndNotBefore() {
        OneTurn turn = OneTurn.started();
        assertThat(turn.server.count("submit")).isZero();
        turn.connect();
        assertThat(turn.server.count("submit")).isEqualTo(1);
    }

    @Test
    void whatTheUserSaidIsNeverAPartOfTheReply() {
        OneTurn turn =
                OneTurn.prompted().user("msg_1").text("msg_1", "prt_0", "Hi").busy();
        turn.assistant("msg_2", "msg_1").delta("prt_1", "Hello").end("Hello");
        assertThat(turn.end().result().reply().parts()).extracting(Part::id).containsExactly("prt_1");
        assertThat(turn.told(PartAdded.class)).hasSize(1);
    }

    @Test
    void whoseAPartIsMayBeSaidAfterThePart() {
        OneTurn turn = OneTurn.prompted().busy();
        turn.text("msg_9", "prt_9", "somebody else's words")
                .delta("prt_1", "Hel")
                .delta("prt_1", "lo");
        assertThat(turn.told(TextDelta.class)).isEmpty();
        turn.user("msg_9").assistant("msg_2", "msg_1");
        assertThat(turn.told(TextDelta.class)).extracting(TextDelta::text).containsExactly("Hel", "lo");
        turn.end("Hello");
        assertThat(turn.text()).isEqualTo("Hello");
    }

    @Test
    void theAnswerToSomebodyElsesPromptIsNotOurs() {
        OneTurn turn = OneTurn.answering();
        turn.user("msg_8")
                .assistant("msg_9", "msg_8")
                .delta("msg_9", "prt_9", "other")
                .end("Hello");
        assertThat(turn.text()).isEqualTo("Hello");
    }

    @Test
    void anEventThatCameTwiceIsInTheTextOnce() {
        OneTurn turn = OneTurn.answering();
        String again = "{\"id\":\"evt_x\",\"type\":\"message.part.delta\",\"properties\":{\"sessionID\":\"ses_1\","
                + "\"messageID\":\"msg_2\",\"partID\":\"prt_1\",\"field\":\"text\",\"delta\":\" world\"}}";
        turn.raw(again).raw(again);
        assertThat(turn.told(TextDelta.class)).extracting(TextDelta::text).containsExactly("Hello", " world");
    }

    @Test
    void withoutEventIdsThePartsEndRepairsTheText() {
        OneTurn turn = OneTurn.answering();
        String again = "{\"type\":\"message.part.delta\",\"properties\":{\"sessionID\":\"ses_1\","
                + "\"messageID\":\"msg_2\",\"partID\":\"prt_1\",\"field\":\"text\",\"delta\":\" world\"}}";
        turn.raw(again).raw(again).end("Hello world");
        assertThat(turn.text()).isEqualTo("Hello world");
    }

    // Traps.

    @Test
    void trap1AnErrorWithoutIdleEndsTheTurnByAsking() {
        OneTurn turn = OneTurn.prompted().error("Agent not found: nobody").error("a stack trace");
        turn.finds(IDLE, false).after(0.5);
        assertThat(turn.failure()).hasMessageContaining("Agent not found: nobody");
        assertThat(turn.told(ErrorReported.class)).hasSize(2);
    }

    @Test
    void trap1AnAgentThatNobodyKnowsIsFoundOutEvenIfTheServerSaysNothingAtAll() {
        OneTurn turn = new OneTurn(
                OneTurn.options(OneTurn.LIMITS),
                Prompt.builder("Hi").agent("nobody").build(),
                server -> server.agent =
                        () -> CompletableFuture.failedFuture(new BadRequestException("Agent not found", null, null)));
        turn.connect().finds(IDLE, false).after(1);
        assertThat(turn.failure()).isInstanceOf(BadRequestException.class);
    }

    @Test
    void trap2TheIdleOfAnEarlierTurnEndsNothing() {
        OneTurn turn = OneTurn.prompted().finds(BUSY, true).idle().after(1);
        assertThat(turn.isOver()).isFalse();
        turn.busy().user("msg_1").assistant("msg_2", "msg_1").idle().after(1);
        assertThat(turn.isOver()).isFalse();
        turn.delta("prt_1", "Hello").end("Hello");
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
    }

    @Test
    void trap6TheFirstOfTwoQueuedPromptsEndsWhenTheSecondOneIsAnswered() {
        OneTurn first = OneTurn.answering().text("msg_2", "prt_1", "Hello").completed("msg_2", "msg_1", "stop");
        assertThat(first.isOver()).isFalse();
        first.assistant("msg_9", "msg_8");
        assertThat(first.end()).isInstanceOf(TurnCompleted.class);
        assertThat(first.text()).isEqualTo("Hello");
    }

    @Test
    void trap6TheSecondOfTwoQueuedPromptsWaitsForItsOwnAnswer() {
        OneTurn second = OneTurn.prompted().user("msg_1").finds(BUSY, true);
        second.delta("msg_9", "prt_9", "the first's")
                .completed("msg_9", "msg_0", "stop")
                .after(30);
        assertThat(second.isOver()).isFalse();
        second.assistant("msg_2", "msg_1").delta("prt_1", "mine").end("mine");
        assertThat(second.text()).isEqualTo("mine");
    }

    @Test
    void trap7AKilledServersHalfAnswerIsToldAsSuchAndNothingIsSentAgain() {
        OneTurn turn = OneTurn.answering().gap().refused();
        turn.finds(
                IDLE,
                true,
                stored("msg_2", "", "{\"id\":\"prt_1\",\"messageID\":\"msg_2\",\"type\":\"text\",\"text\":\"\"}"));
        turn.ready();
        assertThat(turn.failure()).isInstanceOf(ServerException.class).hasMessageContaining("middle of the turn");
        assertThat(turn.text()).isEqualTo("Hello");
        assertThat(turn.server.count("submit")).isEqualTo(1);
    }

    @Test
    void trap7APromptThatAKilledServerHadNotStoredIsSentAgainWithTheSameId() {
        OneTurn turn = OneTurn.prompted().gap().refused().finds(IDLE, false).ready();
        assertThat(turn.server.count("submit")).isEqualTo(2);
        turn.finds(BUSY, true).busy().user("msg_1").assistant("msg_2", "msg_1").end("Hello");
        assertThat(turn.text()).isEqualTo("Hello");
    }

    @Test
    void trap7APromptThatAKilledServerHadStoredAndNotRunFailsSoonHoweverFastItCameBack() {
        OneTurn turn = OneTurn.prompted().gap().finds(IDLE, true).ready().after(3);
        assertThat(turn.failure()).hasMessageContaining("restarted before it ran the prompt");
        assertThat(turn.server.count("submit")).isEqualTo(1);
    }

    @Test
    void aLateErrorOfAnEarlierTurnDoesNotFailAPromptThatIsOnItsWay() {
        CompletableFuture<Void> post = new CompletableFuture<>();
        OneTurn turn =
                new OneTurn(OneTurn.options(OneTurn.LIMITS), Prompt.of("Hi"), server -> server.submit = () -> post);
        turn.connect().error("an earlier turn's").finds(IDLE, false).after(1);
        assertThat(turn.isOver()).isFalse();
        turn.busy();
        post.complete(null);
        turn.user("msg_1").assistant("msg_2", "msg_1").end("Hello");
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
    }

    @Test
    void theAbortOfTheLastTurnToldLateDoesNotEndThisOne() {
        OneTurn turn = OneTurn.prompted().user(OneTurn.PROMPT).aborted().idle();
        turn.server.look = () -> CompletableFuture.completedFuture(
                new Snapshot(SessionStatus.IDLE, true, List.of(), List.of(), List.of(), List.of(), List.of()));
        turn.time.advance(Duration.ofMillis(350));
        assertThat(turn.isOver()).isFalse();
        turn.busy()
                .assistant(OneTurn.ANSWER, OneTurn.PROMPT)
                .delta("prt_1", "Hello")
                .text(OneTurn.ANSWER, "prt_1", "Hello")
                .completed(OneTurn.ANSWER, OneTurn.PROMPT, "stop")
                .idle();
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
    }

    @Test
    void anAbortBySomebodyElseInterruptsTheTurn() {
        OneTurn turn = OneTurn.answering().aborted().idle();
        turn.server.look = () -> CompletableFuture.completedFuture(
                new Snapshot(SessionStatus.IDLE, true, List.of(), List.of(), List.of(), List.of(), List.of()));
        turn.time.advance(Duration.ofSeconds(1));
        assertThat(turn.end()).isInstanceOf(TurnInterrupted.class);
    }

    @Test
    void aSessionThatGetsOverAnErrorCompletes() {
        OneTurn turn = OneTurn.answering()
                .error("a provider's")
                .finds(BUSY, true)
                .after(2)
                .busy()
                .end("Hello");
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
    }

    @Test
    void anErrorThatTheSessionDoesNotGetOverFailsTheTurnWithItsText() {
        OneTurn turn = OneTurn.answering().error("out of money").idle().after(0.1);
        turn.finds(IDLE, true, stored("msg_2", "")).after(1);
        assertThat(turn.failure()).hasMessageContaining("out of money");
        assertThat(turn.text()).isEqualTo("Hello");
        assertThat(turn.told(TurnFailed.class)).hasSize(1);
    }

    @Test
    void afterTheEndNothingIsTold() {
        OneTurn turn = OneTurn.answering().end("Hello");
        int told = turn.events.size();
        turn.idle().delta("prt_1", "late").error("late").gap().ready().permission("ses_1", "per_1");
        turn.turn.interrupt();
        turn.after(3600);
        assertThat(turn.events).hasSize(told);
        assertThat(turn.told(TurnEnded.class)).hasSize(1);
    }

    // Steps.

    @Test
    void aTurnOfSeveralStepsIsOverAfterTheLast() {
        OneTurn turn = OneTurn.answering().text("msg_2", "prt_1", "Hello").completed("msg_2", "msg_1", "tool-calls");
        turn.finds(BUSY, true).after(60);
        assertThat(turn.isOver()).isFalse();
        turn.assistant("msg_3", "msg_1")
                .text("msg_3", "prt_3", "Bye")
                .completed("msg_3", "msg_1", "stop")
                .idle();
        assertThat(turn.end().result().reply().parts()).hasSize(2);
    }

    @Test
    void afterACompactionTheAnswerGoesOnUnderTheServersOwnPrompt() {
        OneTurn turn = OneTurn.answering().text("msg_2", "prt_1", "Hello").completed("msg_2", "msg_1", "tool-calls");
        turn.user("msg_3")
                .event(
                        "message.part.updated",
                        "\"part\":{\"id\":\"prt_3\",\"sessionID\":\"ses_1\",\"messageID\":\"msg_3\",\"type\":\"compaction\"}");
        turn.event(
                "message.updated",
                "\"info\":{\"id\":\"msg_4\",\"sessionID\":\"ses_1\",\"role\":\"assistant\",\"parentID\":\"msg_3\",\"summary\":true,\"time\":{\"created\":1}}");
        turn.delta("msg_4", "prt_4", "a summary");
        turn.user("msg_5")
                .event(
                        "message.part.updated",
                        "\"part\":{\"id\":\"prt_5\",\"sessionID\":\"ses_1\",\"messageID\":\"msg_5\",\"type\":\"text\",\"text\":\"Go on\",\"synthetic\":true}");
        turn.assistant("msg_6", "msg_5")
                .text("msg_6", "prt_6", "Bye")
                .completed("msg_6", "msg_5", "stop")
                .idle();
        assertThat(turn.end().result().reply().parts()).extracting(Part::id).containsExactly("prt_1", "prt_6");
    }

    // Sub-agents.

    @Test
    void whatSubAgentsAskIsTheTurnsAndWhatTheySayIsNot() {
        OneTurn turn = OneTurn.answering().born("ses_2", "ses_1").task("ses_2");
        turn.born("ses_3", "ses_2").task("ses_2", OneTurn.childMessage("ses_2", "b"), "ses_3");
        turn.permission("ses_2", "per_2").question("ses_3", "que_3");
        turn.event(
                "message.part.updated",
                "\"part\":{\"id\":\"prt_9\",\"sessionID\":\"ses_2\",\"messageID\":\"msg_9\",\"type\":\"text\",\"text\":\"inner\",\"time\":{\"end\":2}}");
        turn.event("session.idle", "\"sessionID\":\"ses_2\"").event("session.idle", "\"sessionID\":\"ses_3\"");
        assertThat(turn.told(PermissionAsked.class)).hasSize(1);
        assertThat(turn.told(QuestionAsked.class)).hasSize(1);
        turn.waitAlive(3600);
        assertThat(turn.isOver()).as("the user is asked, and may take time").isFalse();
        turn.turn.reply("per_2", PermissionReply.ONCE);
        assertThat(turn.server.calls).contains("reply per_2 once");
        turn.taskEnded("ses_2").end("Hello");
        assertThat(turn.end().result().reply().parts()).extracting(Part::id).containsExactly("prt_1", "prt_ses_2");
    }

    @Test
    void anEventThatWasDamagedIsMadeUpForByAsking() {
        OneTurn turn = OneTurn.answering().finds(IDLE, true, hello("Hello world"));
        turn.server.subscriber.damaged();
        assertThat(turn.text()).isEqualTo("Hello world");
    }

    /** Its end, and who knows what else, got lost on the way. */
    @Test
    void aPartThatHasNoEndIsAskedForBeforeTheTurnEnds() {
        OneTurn turn = OneTurn.answering().finds(IDLE, true, hello("Hello world"));
        turn.completed("msg_2", "msg_1", "stop").idle().after(0.1);
        assertThat(turn.text()).isEqualTo("Hello world");
        OneTurn alone = OneTurn.answering();
        alone.server.look = () -> CompletableFuture.failedFuture(new BadRequestException("no", null, null));
        alone.completed("msg_2", "msg_1", "stop").idle().after(5);
        assertThat(alone.end()).as("what is there is better than nothing").isInstanceOf(TurnCompleted.class);
    }

    @Test
    void aClosedClientEndsItsTurns() {
        OneTurn turn = OneTurn.answering();
        turn.server.subscriber.closed(new ConnectionException("the client was closed", null, null));
        assertThat(turn.failure()).hasMessageContaining("the client was closed");
    }

    @Test
    void aDefectEndsTheTurnInsteadOfLeavingItWithoutAnEnd() {
        OneTurn turn = OneTurn.answering().gap();
        turn.server.look = () -> {
            throw new AssertionError("a defect");
        };
        assertThat(turn.ready().after(1).failure()).hasMessageContaining("a defect");
        assertThat(turn.server.count("abort"))
                .as("the server is not left at work")
                .isEqualTo(1);
    }
}
