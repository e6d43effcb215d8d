package dev.opencode4j.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.SlowConsumerException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.TurnResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnChannelTest {

    static final TurnStarted STARTED = new TurnStarted("ses_1", "msg_1");
    static final TurnResult RESULT = new TurnResult("ses_1", "msg_1", Reply.EMPTY, List.of());
    static final TurnCompleted COMPLETED = new TurnCompleted(RESULT);

    private final ExecutorService executor = Threads.perTask("test");
    private final TurnChannel channel = new TurnChannel(16, executor);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void anIteratorGetsEverythingFromTheFirstEventHoweverLateItComes() {
        emit(STARTED, delta(1), delta(2), COMPLETED);
        assertThat(channel.iterator()).toIterable().containsExactly(STARTED, delta(1), delta(2), COMPLETED);
    }

    @Test
    void anIteratorWaitsForTheNextEvent() throws Exception {
        FutureTask<List<AgentEvent>> reader = inThread(() -> {
            List<AgentEvent> read = new ArrayList<>();
            channel.iterator().forEachRemaining(read::add);
            return read;
        });
        emit(STARTED, delta(1), COMPLETED);
        assertThat(reader.get(30, TimeUnit.SECONDS)).containsExactly(STARTED, delta(1), COMPLETED);
    }

    @Test
    void nothingComesAfterTheEnd() {
        emit(STARTED, COMPLETED, delta(1), new TurnInterrupted(RESULT), COMPLETED);
        List<AgentEvent> read = new ArrayList<>();
        Iterator<AgentEvent> events = channel.iterator();
        events.forEachRemaining(read::add);
        assertThat(read).containsExactly(STARTED, COMPLETED);
        assertThat(read).filteredOn(TurnEnded.class::isInstance).hasSize(1);
        assertThat(events.hasNext()).isFalse();
        assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
        assertThat(channel.result()).isSameAs(RESULT);
        assertThat(channel.isEnded()).isTrue();
    }

    @Test
    void thereIsOneConsumer() {
        channel.iterator();
        assertThatIllegalStateException().isThrownBy(channel::iterator).withMessageContaining("consumer already");
    }

    @Test
    void aConsumerThatFallsBehindIsCutOffAndTheTurnGoesOn() {
        Iterator<AgentEvent> events = channel.iterator();
        for (int i = 0; i < 17; i++) emit(delta(i));
        assertThatThrownBy(events::hasNext)
                .isInstanceOf(SlowConsumerException.class)
                .hasMessageContaining("16 events waiting");
        assertThat(channel.isEnded()).isFalse();
        emit(COMPLETED);
        assertThat(channel.result()).isSameAs(RESULT);
        assertThatThrownBy(events::hasNext).isInstanceOf(SlowConsumerException.class);
    }

    @Test
    void aConsumerMayBeAsFarBehindAsTheBufferIsLong() {
        for (int i = 0; i < 15; i++) emit(delta(i));
        emit(COMPLETED);
        assertThat(channel.iterator()).toIterable().hasSize(16);
    }

    @Test
    void aFailedTurnThrowsItsErrorWithWhatWasReceived() {
        AgentException error = new BadRequestException("no such model", null, null);
        emit(new TurnFailed(error, RESULT));
        AgentException thrown = thrown();
        assertThat(thrown).isInstanceOf(BadRequestException.class).hasMessage(error.getMessage());
        assertThat(thrown.getStackTrace()).isEqualTo(error.getStackTrace());
        assertThat(thrown.partial()).contains(RESULT);
        assertThat(thrown.getSuppressed()).hasSize(1);
        assertThat(thrown.getSuppressed()[0].getStackTrace())
                .extracting(StackTraceElement::getClassName)
                .contains(TurnChannelTest.class.getName());
    }

    @Test
    void eachWaiterThrowsAnExceptionOfItsOwn() {
        AgentException error = new BadRequestException("no such model", null, null);
        TurnFailed event = new TurnFailed(error, RESULT);
        emit(event);
        List<AgentException> thrown = List.of(thrown(), thrown(), thrown());
        assertThat(thrown).doesNotHaveDuplicates().doesNotContain(error, event.error());
        assertThat(thrown).allSatisfy(each -> assertThat(each.getSuppressed()).hasSize(1));
        assertThat(event.error().getSuppressed()).isEmpty();
        assertThat(error.getSuppressed()).isEmpty();
        assertThat(error.partial()).isEmpty();
    }

    private AgentException thrown() {
        return catchThrowableOfType(AgentException.class, channel::result);
    }

    @Test
    void anInterruptedTurnThrowsWithWhatWasReceived() {
        emit(new TurnInterrupted(RESULT));
        assertThatThrownBy(channel::result)
                .isInstanceOfSatisfying(
                        InterruptedTurnException.class,
                        error -> assertThat(error.partial()).contains(RESULT));
    }

    @Test
    void anInterruptedReaderIsFreedAndStaysInterrupted() throws Exception {
        assertFreedByInterrupt(() -> channel.iterator().hasNext());
        emit(COMPLETED);
        assertThat(channel.result()).isSameAs(RESULT);
    }

    @Test
    void anInterruptedWaiterIsFreedAndStaysInterrupted() throws Exception {
        assertFreedByInterrupt(channel::result);
    }

    private static void assertFreedByInterrupt(Runnable wait) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        FutureTask<Boolean> waiter = new FutureTask<>(() -> {
            running.countDown();
            assertThatThrownBy(wait::run).isInstanceOf(InterruptedTurnException.class);
            return Thread.currentThread().isInterrupted();
        });
        Thread waiting = new Thread(waiter);
        waiting.setDaemon(true);
        waiting.start();
        running.await();
        waiting.interrupt();
        assertThat(waiter.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void dependentsOfTheEndDoNotRunOnTheEmittingThread() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<Thread> ran = new AtomicReference<>();
        channel.completion().thenRun(() -> {
            ran.set(Thread.currentThread());
            done.countDown();
        });
        emit(COMPLETED);
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ran.get()).isNotNull().isNotEqualTo(Thread.currentThread());
    }

    @Test
    void aDependentThatBlocksHoldsUpNeitherTheEmitterNorTheOtherWaiters() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        FutureTask<TurnResult> waiter = inThread(channel::result);
        channel.completion().thenRun(other::countDown);
        channel.completion().thenRun(() -> awaitQuietly(never));
        emit(COMPLETED);
        assertThat(other.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(waiter.get(30, TimeUnit.SECONDS)).isSameAs(RESULT);
        never.countDown();
    }

    @Test
    void theStageFailsWithWhatTheResultThrows() throws Exception {
        AgentException error = new BadRequestException("no such model", null, null);
        AtomicReference<Throwable> seen = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        channel.completion().whenComplete((result, e) -> {
            seen.set(e);
            done.countDown();
        });
        TurnFailed event = new TurnFailed(error, RESULT);
        emit(event);
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(seen.get()).isSameAs(event.error());
    }

    @Test
    void completingTheStageFromOutsideChangesNothing() {
        channel.completion().toCompletableFuture().cancel(true);
        emit(COMPLETED);
        assertThat(channel.result()).isSameAs(RESULT);
    }

    @Test
    void theEndIsHeardOfEvenIfTheExecutorIsClosed() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        ExecutorService closed = Executors.newSingleThreadExecutor();
        closed.shutdownNow();
        TurnChannel late = new TurnChannel(16, closed);
        late.completion().thenRun(done::countDown);
        late.emit(COMPLETED);
        assertThat(late.result()).isSameAs(RESULT);
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }

    static TextDelta delta(int n) {
        return new TextDelta("t", 0, "text " + n);
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void emit(AgentEvent... events) {
        for (AgentEvent event : events) channel.emit(event);
    }

    private static <T> FutureTask<T> inThread(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
