package dev.opencode4j.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrowingPoolTest {

    private static final int FEW = 2;
    private static final long BOUND_SECONDS = 30;

    private final Hand hand = new Hand();
    private final CountDownLatch go = new CountDownLatch(1);
    private GrowingPool pool = new GrowingPool(FEW, Executors.defaultThreadFactory(), hand);

    /** A timer in the test's hand: what it is to do later, it does when told. */
    private static final class Hand extends ScheduledThreadPoolExecutor {

        private final Queue<Runnable> looks = new ArrayDeque<>();
        private final Queue<Runnable> shrinks = new ArrayDeque<>();

        Hand() {
            super(0);
        }

        @Override
        public synchronized @Nullable ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            (unit.toMillis(delay) < 1000 ? looks : shrinks).add(task);
            return null;
        }

        synchronized void look() {
            Runnable look = looks.poll();
            if (look != null) look.run();
        }

        synchronized void shrink() {
            shrinks.remove().run();
        }

        synchronized boolean isDone() {
            return shrinks.isEmpty();
        }

        synchronized boolean isWatching() {
            return !looks.isEmpty();
        }
    }

    @AfterEach
    void end() {
        go.countDown();
        pool.shutdownNow();
        hand.shutdownNow();
    }

    private void block(int tasks) {
        CountDownLatch begun = new CountDownLatch(Math.min(tasks, FEW));
        for (int i = 0; i < tasks; i++) {
            pool.execute(() -> {
                begun.countDown();
                await(go);
            });
        }
        await(begun);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(BOUND_SECONDS, TimeUnit.SECONDS)) throw new AssertionError("it never came");
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks until {@code latch} is down: a thread that blocks may need a moment to be seen to. */
    private void lookUntil(CountDownLatch latch) throws InterruptedException {
        for (int i = 0; i < BOUND_SECONDS * 1000; i++) {
            if (latch.await(1, TimeUnit.MILLISECONDS)) return;
            hand.look();
        }
        throw new AssertionError("it never came");
    }

    @Test
    void manyTasksShareFewThreads() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(1000);
        for (int i = 0; i < 1000; i++) {
            pool.execute(() -> {
                threads.add(Thread.currentThread().getName());
                done.countDown();
            });
        }
        await(done);
        assertThat(threads).hasSizeBetween(1, FEW);
    }

    @Test
    void aTaskPassesThoseThatBlock() throws InterruptedException {
        block(50);
        CountDownLatch passed = new CountDownLatch(1);
        pool.execute(passed::countDown);
        assertThat(passed.getCount()).isOne();
        lookUntil(passed);
        assertThat(pool.getLargestPoolSize()).isBetween(51, 64);
    }

    @Test
    void aTaskPassesThoseThatComputeWithoutEnd() throws InterruptedException {
        CountDownLatch passed = new CountDownLatch(1);
        for (int i = 0; i < FEW; i++) {
            pool.execute(() -> {
                while (passed.getCount() > 0 && go.getCount() > 0) Thread.onSpinWait();
            });
        }
        pool.execute(passed::countDown);
        lookUntil(passed);
    }

    @Test
    void aQueueThatMovesNeedsNoMoreThreads() {
        block(1);
        CountDownLatch moved = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            pool.execute(() -> {
                hand.look();
                moved.countDown();
            });
        }
        await(moved);
        assertThat(pool.getLargestPoolSize()).isEqualTo(FEW);
    }

    @Test
    void whenAllIsCalmThereAreFewAgainAndNobodyLooks() throws InterruptedException {
        block(3 * FEW);
        CountDownLatch passed = new CountDownLatch(1);
        pool.execute(passed::countDown);
        lookUntil(passed);
        assertThat(pool.getCorePoolSize()).isEqualTo(4 * FEW);
        hand.look();
        assertThat(hand.isWatching()).isFalse();
        hand.shrink();
        assertThat(pool.getCorePoolSize()).as("it has grown again since").isEqualTo(4 * FEW);
        hand.shrink();
        assertThat(pool.getCorePoolSize()).isEqualTo(2 * FEW);
        hand.shrink();
        assertThat(pool.getCorePoolSize()).isEqualTo(FEW);
        assertThat(hand.isDone()).isTrue();
    }

    @Test
    void aPoolThatIsShutDownDoesWhatItTookAndNoMore() throws InterruptedException {
        block(FEW);
        CountDownLatch taken = new CountDownLatch(1);
        pool.execute(taken::countDown);
        pool.shutdown();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.execute(() -> {}));
        lookUntil(taken);
        go.countDown();
        assertThat(pool.awaitTermination(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(hand.isShutdown()).isTrue();
    }

    @Test
    void withARealTimerNothingHasToBeDone() {
        pool = new GrowingPool(FEW, Executors.defaultThreadFactory(), Threads.timer("growth-test"));
        block(20);
        CountDownLatch passed = new CountDownLatch(1);
        pool.execute(passed::countDown);
        await(passed);
    }
}
