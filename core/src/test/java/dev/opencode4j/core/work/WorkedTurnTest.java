package dev.opencode4j.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.FirstEventTimeout;
import dev.opencode4j.core.error.IdleTimeout;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.part.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkedTurnTest {

    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofMinutes(1));
    private static final SessionOptions OPTIONS =
            SessionOptions.builder().timeouts(TIMEOUTS).build();

    private final ManualTicker ticker = new ManualTicker();
    private final Engine engine = Engine.named("worked-turn-test", ticker);
    private final AtomicInteger ends = new AtomicInteger();

    @AfterEach
    void end() {
        engine.turns().shutdownNow();
        engine.close();
    }

    private WorkedTurn start(WorkedTurn.Work work) {
        return WorkedTurn.start("ses_1", OPTIONS, engine, work, ends::incrementAndGet);
    }

    private static List<AgentEvent> events(WorkedTurn turn) {
        List<AgentEvent> events = new ArrayList<>();
        turn.forEach(events::add);
        return events;
    }

    /** Starts a turn that waits once it has told its limits what it shall. */
    private WorkedTurn waiting(Consumer<TurnLimits> first) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        WorkedTurn turn = start((writer, limits) -> {
            writer.started("msg_1");
            writer.tell(new TextDelta("prt_1", 0, "half"));
            first.accept(limits);
            begun.countDown();
            new CountDownLatch(1).await();
        });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        return turn;
    }

    @Test
    void workThatReturnsCompletesTheTurn() {
        WorkedTurn turn = start((writer, limits) -> {
            writer.started("msg_1");
            writer.tell(new TextDelta("prt_1", 0, "hello"));
            writer.structured(Json.of(1));
        });
        List<AgentEvent> events = events(turn);
        assertThat(events.get(0)).isEqualTo(new TurnStarted("ses_1", "msg_1"));
        assertThat(events.get(events.size() - 1)).isInstanceOf(TurnCompleted.class);
        assertThat(turn.result().text()).isEqualTo("hello");
        assertThat(turn.result().structured()).isEqualTo(Json.of(1));
        assertThat(turn.result().messageId()).isEqualTo("msg_1");
        assertThat(ends).hasValue(1);
        assertThat(ticker.planned()).isZero();
    }

    @Test
    void whatWorkThrowsFailsTheTurnAndKeepsWhatWasReceived() {
        WorkedTurn turn = start((writer, limits) -> {
            writer.tell(new TextDelta("prt_1", 0, "half"));
            throw new BadRequestException("no", null, null);
        });
        List<AgentEvent> events = events(turn);
        assertThat(events.get(0)).isInstanceOf(TurnStarted.class);
        assertThat(events.get(events.size() - 1)).isInstanceOf(TurnFailed.class);
        BadRequestException error = catchThrowableOfType(BadRequestException.class, turn::result);
        assertThat(error.partial().orElseThrow().text()).isEqualTo("half");
    }

    @Test
    void aDefectFailsTheTurn() {
        WorkedTurn turn = start((writer, limits) -> {
            throw new StackOverflowError("deep");
        });
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(turn::result)
                .withMessageContaining("unexpected: java.lang.StackOverflowError: deep");
    }

    @Test
    void anInterruptEndsTheTurnAndKeepsWhatWasReceived() throws Exception {
        WorkedTurn turn = waiting(limits -> {});
        turn.interrupt();
        InterruptedTurnException error = catchThrowableOfType(InterruptedTurnException.class, turn::result);
        assertThat(error.partial().orElseThrow().text()).isEqualTo("half");
        assertThat(events(turn)).last().isInstanceOf(TurnInterrupted.class);
        assertThat(ends).hasValue(1);
    }

    @Test
    void workThatFailsBecauseItIsStoppedHasNotFailed() {
        CountDownLatch begun = new CountDownLatch(1);
        WorkedTurn turn = start((writer, limits) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new ConnectionException("the connection broke", null, e);
            }
        });
        awaitBegin(begun);
        turn.interrupt();
        assertThat(events(turn)).last().isInstanceOf(TurnInterrupted.class);
    }

    @Test
    void workThatDoesNotStopIsNotWaitedFor() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch deaf = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        WorkedTurn turn = start((writer, limits) -> {
            begun.countDown();
            while (deaf.getCount() > 0) Thread.onSpinWait();
            writer.tell(new TextDelta("prt_1", 0, "too late"));
            gone.countDown();
        });
        awaitBegin(begun);
        turn.interrupt();
        ticker.advance(Duration.ofMillis(699));
        assertThat(ends).hasValue(0);
        ticker.advance(Duration.ofMillis(1));
        assertThat(events(turn)).last().isInstanceOf(TurnInterrupted.class);
        deaf.countDown();
        gone.await();
        InterruptedTurnException error = catchThrowableOfType(InterruptedTurnException.class, turn::result);
        assertThat(error.partial().orElseThrow().text()).isEmpty();
        assertThat(ends).hasValue(1);
    }

    @Test
    void theDeadlineCountsFromTheStartWhateverIsHeard() throws Exception {
        WorkedTurn turn = waiting(TurnLimits::quiet);
        ticker.advance(Duration.ofSeconds(59));
        assertThat(ends).hasValue(0);
        ticker.advance(Duration.ofSeconds(1));
        assertThatExceptionOfType(DeadlineExceeded.class).isThrownBy(turn::result);
    }

    @Test
    void aFirstEventIsWaitedForAfterTheAcceptance() throws Exception {
        WorkedTurn turn = waiting(TurnLimits::accepted);
        ticker.advance(Duration.ofSeconds(19));
        assertThat(ends).hasValue(0);
        ticker.advance(Duration.ofSeconds(1));
        assertThatExceptionOfType(FirstEventTimeout.class).isThrownBy(turn::result);
    }

    @Test
    void silenceIsNoticed() throws Exception {
        WorkedTurn turn = waiting(limits -> {
            limits.accepted();
            limits.heard();
        });
        ticker.advance(Duration.ofSeconds(4));
        assertThat(ends).hasValue(0);
        ticker.advance(Duration.ofSeconds(1));
        IdleTimeout error = catchThrowableOfType(IdleTimeout.class, turn::result);
        assertThat(error.partial().orElseThrow().text()).isEqualTo("half");
    }

    @Test
    void nothingIsPendingEver() {
        WorkedTurn turn = start((writer, limits) -> {});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> turn.reply("per_1", PermissionReply.ONCE))
                .withMessageContaining("per_1");
    }

    @Test
    void aClosedEngineStartsNothing() {
        engine.close();
        assertThatIllegalStateException().isThrownBy(() -> start((writer, limits) -> {}));
        assertThat(ticker.planned()).isZero();
    }

    @Test
    void aTurnWhoseTimeIsClosedEndsAtOnceWhenItIsInterrupted() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch deaf = new CountDownLatch(1);
        WorkedTurn turn = start((writer, limits) -> {
            begun.countDown();
            while (deaf.getCount() > 0) Thread.onSpinWait();
        });
        awaitBegin(begun);
        ticker.close();
        turn.interrupt();
        assertThat(events(turn)).last().isInstanceOf(TurnInterrupted.class);
        deaf.countDown();
    }

    @Test
    void workThatNeedsTheTimeWhenThatIsClosedFailsAsOnAClosedClient() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        WorkedTurn turn = start((writer, limits) -> {
            closed.await();
            limits.heard();
        });
        ticker.close();
        closed.countDown();
        ConnectionException error = catchThrowableOfType(ConnectionException.class, turn::result);
        assertThat(error).hasMessageContaining("was closed");
        assertThat(error.partial()).isPresent();
    }

    @Test
    void noTurnStartsWhenTheTimeIsClosed() {
        ticker.close();
        assertThatIllegalStateException().isThrownBy(() -> start((writer, limits) -> {}));
        assertThat(ends).hasValue(0);
    }

    private static void awaitBegin(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theLongestDurationsAreKept() {
        Duration longest = Duration.ofDays(36_500);
        SessionOptions patient = SessionOptions.builder()
                .timeouts(new Timeouts(longest, longest, longest, longest))
                .build();
        WorkedTurn turn = WorkedTurn.start(
                "ses_1",
                patient,
                engine,
                (writer, limits) -> {
                    limits.accepted();
                    limits.heard();
                    ticker.advance(Duration.ofDays(36_499));
                    writer.tell(new TextDelta("prt_1", 0, "at last"));
                },
                () -> {});
        assertThat(turn.result().text()).isEqualTo("at last");
    }

    @Test
    void aReplyWithoutEndFailsTheTurnAndKeepsWhatCame() {
        SessionOptions small = OPTIONS.toBuilder().replyLimit(10_000).build();
        AtomicInteger told = new AtomicInteger();
        WorkedTurn turn = WorkedTurn.start(
                "ses_1",
                small,
                engine,
                (writer, limits) -> {
                    while (true) {
                        writer.tell(new TextDelta("prt_1", 0, "0123456789"));
                        told.incrementAndGet();
                    }
                },
                () -> {});
        ProtocolException error = catchThrowableOfType(ProtocolException.class, turn::result);
        assertThat(error).hasMessageContaining("more than 10000 characters").hasMessageContaining("reply limit");
        assertThat(error.isRetryable()).isFalse();
        assertThat(error.partial().orElseThrow().text())
                .hasSize(told.get() * 10)
                .hasSizeBetween(9_000, 10_000);
    }
}
