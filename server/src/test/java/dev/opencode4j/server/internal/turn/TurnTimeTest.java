package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.FirstEventTimeout;
import dev.opencode4j.core.error.IdleTimeout;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A turn's limits and its interruption, in whatever phase it is. */
class TurnTimeTest {

    /** Every wait in which a turn can be, and how it gets there. */
    static Stream<Named<Supplier<OneTurn>>> phases() {
        return Stream.of(
                Named.of("connecting", () -> patient(server -> {})),
                Named.of(
                        "waiting for its id",
                        () -> patient(server -> server.nextId = CompletableFuture::new)
                                .connect()),
                Named.of(
                        "submitting",
                        () -> patient(server -> server.submit = CompletableFuture::new)
                                .connect()),
                Named.of(
                        "asking whether it arrived",
                        () -> patient(server -> {
                                    server.submit = TurnTimeTest::lost;
                                    server.stored = TurnTimeTest::lost;
                                })
                                .connect()),
                Named.of("waiting for a sign", () -> patient(server -> {}).connect()),
                Named.of("answering", () -> answering(patient(server -> {}))),
                Named.of("answered its user", TurnTimeTest::answeredItsUser),
                Named.of("in a gap", () -> answering(patient(server -> {})).gap()),
                Named.of(
                        "in a gap, and asking",
                        () -> answering(patient(server -> {}))
                                .permission("ses_1", "per_1")
                                .gap()),
                Named.of(
                        "mending a gap",
                        () -> answering(patient(server -> {})).gap().ready()));
    }

    private static OneTurn answeredItsUser() {
        OneTurn turn = answering(patient(server -> {})).permission("ses_1", "per_1");
        turn.turn.reply("per_1", PermissionReply.ONCE);
        return turn;
    }

    private static final Duration LONG = Duration.ofHours(10);

    /** With a deadline of a minute and no other limit. */
    private static OneTurn patient(Consumer<FakeUpstream> prepare) {
        Timeouts limits = new Timeouts(LONG, LONG, LONG, Duration.ofMinutes(1));
        return new OneTurn(OneTurn.options(limits), Prompt.of("Hi"), prepare);
    }

    private static <T> CompletableFuture<T> lost() {
        return CompletableFuture.failedFuture(new ConnectionException("lost", null, null));
    }

    private static OneTurn answering(OneTurn turn) {
        return turn.connect().busy().user("msg_1").assistant("msg_2", "msg_1").delta("prt_1", "Hello");
    }

    @ParameterizedTest
    @MethodSource("phases")
    void theDeadlineEndsATurnInEveryPhase(Supplier<OneTurn> phase) {
        OneTurn turn = phase.get().after(59.9);
        assertThat(turn.isOver()).isFalse();
        turn.after(1);
        assertThat(turn.failure()).isInstanceOf(DeadlineExceeded.class);
        assertWellFormed(turn);
        boolean sent = turn.server.count("submit") > 0;
        turn.after(5);
        assertThat(turn.server.count("abort")).isEqualTo(sent ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("phases")
    void anInterruptEndsATurnWithinASecondInEveryPhase(Supplier<OneTurn> phase) {
        OneTurn turn = phase.get();
        long sends = turn.server.count("submit");
        turn.turn.interrupt();
        turn.after(1);
        assertThat(turn.end()).isInstanceOf(TurnInterrupted.class);
        assertWellFormed(turn);
        turn.after(3600);
        assertThat(turn.server.count("submit"))
                .as("nothing is sent after an interrupt")
                .isEqualTo(sends);
        assertThat(turn.server.count("abort")).isEqualTo(sends > 0 ? 1 : 0);
    }

    private static void assertWellFormed(OneTurn turn) {
        assertThat(turn.events.get(0)).isInstanceOf(TurnStarted.class);
        assertThat(turn.told(TurnStarted.class)).hasSize(1);
        assertThat(turn.told(TurnEnded.class)).hasSize(1);
    }

    @Test
    void anInterruptedTurnKeepsWhatItHadAndEndsWithTheServersIdleAndItsAnswersEnd() {
        OneTurn turn = OneTurn.answering();
        turn.turn.interrupt();
        turn.idle().aborted();
        assertThat(turn.isOver())
                .as("what is still told would be taken for the next turn's")
                .isFalse();
        turn.completed(OneTurn.ANSWER, OneTurn.PROMPT, "stop");
        assertThat(turn.end()).isInstanceOf(TurnInterrupted.class);
        assertThat(turn.text()).isEqualTo("Hello");
    }

    @Test
    void anInterruptedTurnThatHasNoAnswerYetEndsWithTheServersIdle() {
        OneTurn turn = OneTurn.prompted().busy().user(OneTurn.PROMPT);
        turn.turn.interrupt();
        turn.idle();
        assertThat(turn.end()).isInstanceOf(TurnInterrupted.class);
    }

    /** A rejected permission may end the turn before the order to abort arrives, which would abort the next one. */
    @Test
    void anInterruptedTurnDoesNotEndBeforeItsAbortIsAnswered() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        OneTurn turn = OneTurn.answering();
        turn.server.aborted = () -> answer;
        turn.turn.interrupt();
        turn.completed(OneTurn.ANSWER, OneTurn.PROMPT, "stop").idle();
        assertThat(turn.isOver()).isFalse();
        answer.complete(null);
        assertThat(turn.end()).isInstanceOf(TurnInterrupted.class);
    }

    @Test
    void anAbortThatIsNeverAnsweredHoldsUpNobodyForLong() {
        OneTurn turn = OneTurn.answering();
        turn.server.aborted = CompletableFuture::new;
        turn.turn.interrupt();
        turn.completed(OneTurn.ANSWER, OneTurn.PROMPT, "stop").idle().after(1);
        assertThat(turn.end()).isInstanceOf(TurnInterrupted.class);
    }

    @Test
    void anAbortWaitsForThePromptsResponseForElseItWouldComeTooEarlyOrStrikeTheNextTurn() {
        CompletableFuture<Void> post = new CompletableFuture<>();
        OneTurn turn =
                new OneTurn(OneTurn.options(OneTurn.LIMITS), Prompt.of("Hi"), server -> server.submit = () -> post);
        turn.connect();
        turn.turn.interrupt();
        assertThat(turn.after(1).end()).isInstanceOf(TurnInterrupted.class);
        assertThat(turn.server.count("abort")).isZero();
        post.complete(null);
        assertThat(turn.server.count("abort")).isEqualTo(1);
    }

    @Test
    void aPromptWhoseAnswerIsLostAfterTheInterruptIsAbortedAndNeverSentAgain() {
        CompletableFuture<Void> post = new CompletableFuture<>();
        OneTurn turn =
                new OneTurn(OneTurn.options(OneTurn.LIMITS), Prompt.of("Hi"), server -> server.submit = () -> post);
        turn.connect();
        turn.turn.interrupt();
        post.completeExceptionally(new ConnectionException("lost", null, null));
        turn.after(60);
        assertThat(turn.server.count("abort")).isEqualTo(1);
        assertThat(turn.server.count("submit")).isEqualTo(1);
        assertThat(turn.server.count("isStored")).isZero();
    }

    @Test
    void aStreamThatIsNeverReadyFailsAfterTheConnectTimeout() {
        OneTurn turn = OneTurn.started().after(9.9);
        assertThat(turn.isOver()).isFalse();
        assertThat(turn.after(0.2).failure()).isInstanceOf(ConnectionException.class);
        assertThat(turn.server.count("submit")).isZero();
    }

    @Test
    void aTurnThatNeverShowsEndsAtTheFirstEventTimeoutThoughHeartbeatsFlow() {
        OneTurn turn = OneTurn.prompted();
        turn.finds(SessionStatus.BUSY, true);
        turn.waitAlive(119);
        assertThat(turn.isOver()).isFalse();
        assertThat(turn.waitAlive(2).failure()).isInstanceOf(FirstEventTimeout.class);
        assertThat(turn.server.count("abort")).isEqualTo(1);
    }

    @Test
    void heartbeatsAndCommentsKeepATurnFromIdlingOut() {
        OneTurn turn = OneTurn.answering();
        turn.server.statusAnswer = CompletableFuture::new;
        turn.waitAlive(300);
        assertThat(turn.isOver()).isFalse();
        turn.end("Hello");
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
    }

    @Test
    void aSilentStreamAndAServerThatDoesNotAnswerIdleOut() {
        OneTurn turn = OneTurn.answering();
        turn.server.statusAnswer = () -> CompletableFuture.failedFuture(new ConnectionException("gone", null, null));
        turn.after(119);
        assertThat(turn.isOver()).isFalse();
        assertThat(turn.after(3).failure()).isInstanceOf(IdleTimeout.class);
        assertThat(turn.text()).isEqualTo("Hello");
    }

    @Test
    void aQuestionMayWaitTenMinutesAndLongerWhileHeartbeatsFlow() {
        OneTurn turn = OneTurn.answering().question("ses_1", "que_1").waitAlive(3600);
        assertThat(turn.isOver()).isFalse();
        turn.questionReplied("que_1", "yes").end("Hello");
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
    }

    @Test
    void aQuestionHoldsNoDeadlineOffWhileTheStreamIsDown() {
        OneTurn turn =
                OneTurn.answering().question("ses_1", "que_1").waitAlive(600).gap();
        turn.server.statusAnswer = () -> CompletableFuture.failedFuture(new ConnectionException("gone", null, null));
        turn.after(119);
        assertThat(turn.isOver()).isFalse();
        assertThat(turn.after(3).failure()).isInstanceOf(IdleTimeout.class);
    }

    @Test
    void aServerThatOnlyAnswersRequestsDoesNotHoldTheDeadlineOffEither() {
        OneTurn turn = OneTurn.answering().question("ses_1", "que_1").gap().after(599);
        assertThat(turn.isOver()).isFalse();
        assertThat(turn.after(3).failure()).isInstanceOf(DeadlineExceeded.class);
    }

    @Test
    void aQuestionThatIsStillOpenAfterAGapHoldsTheDeadlineOffAgain() {
        OneTurn turn = OneTurn.answering().question("ses_1", "que_1").gap();
        turn.finds(OneTurn.asked(List.of(), List.of(OneTurn.questionRequest("ses_1", "que_1"))));
        turn.after(60).ready().waitAlive(3600);
        assertThat(turn.isOver()).isFalse();
    }

    /** Its answer was heard by the server; that it says so gets lost. */
    @Test
    void anAnswerGivenHereSetsTheDeadlineGoingWhateverTheStreamSays() {
        OneTurn turn = OneTurn.answering().permission("ses_1", "per_1").waitAlive(3600);
        turn.turn.reply("per_1", PermissionReply.ONCE);
        turn.waitAlive(580);
        assertThat(turn.isOver()).isFalse();
        assertThat(turn.waitAlive(30).failure()).isInstanceOf(DeadlineExceeded.class);
    }

    @Test
    void noTimerIsLeftBehind() {
        OneTurn turn = OneTurn.answering().error("trouble").end("Hello");
        assertThat(turn.isOver()).isTrue();
        assertThat(turn.time.planned()).isZero();
        turn.after(3600);
        assertThat(turn.server.count("look")).isZero();
    }

    @Test
    void aLostIdleIsNoticedSoonHoweverLongTheModelHadThought() {
        OneTurn turn = OneTurn.answering().waitAlive(400);
        turn.text("msg_2", "prt_1", "Hello").completed("msg_2", "msg_1", "stop");
        turn.finds(
                SessionStatus.IDLE, true, OneTurn.stored("msg_2", "stop", OneTurn.textPart("msg_2", "prt_1", "Hello")));
        turn.after(1.5);
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
    }

    @Test
    void anUnansweredPromptIsAskedAboutLessAndLessOften() {
        OneTurn turn = OneTurn.prompted().finds(SessionStatus.IDLE, false);
        turn.waitAlive(110);
        assertThat(turn.isOver()).isFalse();
        assertThat(turn.server.count("look")).isBetween(5L, 40L);
    }
}
