package dev.opencode4j.core.spi;

import static dev.opencode4j.core.spi.TurnChannelTest.COMPLETED;
import static dev.opencode4j.core.spi.TurnChannelTest.RESULT;
import static dev.opencode4j.core.spi.TurnChannelTest.STARTED;
import static dev.opencode4j.core.spi.TurnChannelTest.delta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.SlowConsumerException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnFailed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The executor here runs what it was given when the test says so: nothing is left to chance. */
class EventSubscriptionTest {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final TurnChannel channel = new TurnChannel(16, tasks::add);
    private final Subscriber subscriber = new Subscriber();

    @Test
    void aSubscriberGetsAsManyEventsAsItAskedFor() {
        channel.publisher().subscribe(subscriber);
        emit(STARTED, delta(1), delta(2), COMPLETED);
        assertThat(subscriber.heard).isEmpty();
        subscriber.subscription().request(1);
        run();
        assertThat(subscriber.heard).containsExactly(STARTED);
        subscriber.subscription().request(2);
        run();
        assertThat(subscriber.heard).containsExactly(STARTED, delta(1), delta(2));
        subscriber.subscription().request(Long.MAX_VALUE);
        subscriber.subscription().request(Long.MAX_VALUE);
        run();
        assertThat(subscriber.heard).containsExactly(STARTED, delta(1), delta(2), COMPLETED, "complete");
    }

    @Test
    void theStreamIsCompleteWithoutDemandForMore() {
        channel.publisher().subscribe(subscriber);
        emit(COMPLETED);
        subscriber.subscription().request(1);
        run();
        assertThat(subscriber.heard).containsExactly(COMPLETED, "complete");
    }

    @Test
    void aSubscriberThatIsNotToBeWokenHearsAllOnceItIs() {
        channel.publisher().subscribe(subscriber);
        subscriber.subscription().request(Long.MAX_VALUE);
        run();
        channel.hold();
        emit(STARTED);
        channel.hold();
        emit(delta(1));
        channel.release();
        emit(delta(2));
        assertThat(tasks).isEmpty();
        channel.release();
        assertThat(tasks).hasSize(1);
        run();
        assertThat(subscriber.heard).containsExactly(STARTED, delta(1), delta(2));
        channel.hold();
        channel.release();
        assertThat(tasks).isEmpty();
        emit(COMPLETED);
        run();
        assertThat(subscriber.heard).endsWith(COMPLETED, "complete");
    }

    @Test
    void nobodyIsCutOffForBeingKeptAsleep() {
        TurnChannel quiet = new TurnChannel(16, Runnable::run);
        quiet.publisher().subscribe(subscriber);
        subscriber.subscription().request(Long.MAX_VALUE);
        quiet.hold();
        for (int i = 0; i < 100; i++) quiet.emit(delta(i));
        quiet.release();
        assertThat(subscriber.heard).hasSize(100);
    }

    @Test
    void aSubscriberWithMuchToHearLetsOthersHaveTheirTurn() {
        TurnChannel full = new TurnChannel(1000, tasks::add);
        full.publisher().subscribe(subscriber);
        subscriber.subscription().request(Long.MAX_VALUE);
        for (int i = 0; i < 600; i++) full.emit(delta(i));
        tasks.remove().run();
        assertThat(subscriber.heard).hasSizeLessThan(600);
        assertThat(tasks).hasSize(1);
        run();
        full.emit(COMPLETED);
        run();
        assertThat(subscriber.heard).hasSize(602).startsWith(delta(0), delta(1)).endsWith(COMPLETED, "complete");
    }

    @Test
    void aFailedTurnCompletesTheStream() {
        TurnFailed failed = new TurnFailed(new BadRequestException("no", null, null), RESULT);
        channel.publisher().subscribe(subscriber);
        emit(failed);
        subscriber.subscription().request(5);
        run();
        assertThat(subscriber.heard).containsExactly(failed, "complete");
    }

    @Test
    void eventsDoNotBeginBeforeTheSubscriberHasSubscribed() { // Reactive Streams 1.3: signals one at a time
        emit(STARTED);
        channel.publisher().subscribe(new Subscriber() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.request(1);
                run();
                assertThat(heard).isEmpty();
                super.onSubscribe(given);
            }
        });
        assertThat(tasks).hasSize(1);
    }

    @Test
    void askingForNothingIsAnError() {
        for (long n : new long[] {0, -1}) {
            TurnChannel other = new TurnChannel(16, tasks::add);
            Subscriber wrong = new Subscriber();
            other.publisher().subscribe(wrong);
            wrong.subscription().request(n);
            run();
            assertThat(wrong.heard).singleElement().isInstanceOf(IllegalArgumentException.class);
            other.emit(COMPLETED);
            run();
            assertThat(wrong.heard).hasSize(1);
        }
    }

    @Test
    void aSubscriberThatCancelsHearsNoMore() {
        channel.publisher().subscribe(subscriber);
        subscriber.subscription().request(5);
        emit(STARTED);
        run();
        subscriber.subscription().cancel();
        subscriber.subscription().request(5);
        emit(delta(1), COMPLETED);
        run();
        assertThat(subscriber.heard).containsExactly(STARTED);
        assertThat(channel.result()).isSameAs(RESULT);
    }

    @Test
    void aSubscriberThatCancelsInTheMiddleOfDeliveryHearsNoMore() {
        Subscriber once = new Subscriber() {
            @Override
            public void onNext(AgentEvent event) {
                super.onNext(event);
                subscription().cancel();
            }
        };
        channel.publisher().subscribe(once);
        emit(STARTED, COMPLETED);
        once.subscription().request(5);
        run();
        assertThat(once.heard).containsExactly(STARTED);
    }

    @Test
    void aSecondSubscriberIsRefused() {
        channel.publisher().subscribe(subscriber);
        Subscriber second = new Subscriber();
        channel.publisher().subscribe(second);
        second.subscription().request(1);
        second.subscription().cancel();
        assertThat(second.heard).singleElement().isInstanceOf(IllegalStateException.class);
        subscriber.subscription().request(1);
        emit(STARTED);
        run();
        assertThat(subscriber.heard).containsExactly(STARTED);
    }

    @Test
    void aSubscriberIsRefusedWhereAnIteratorReads() {
        channel.iterator();
        channel.publisher().subscribe(subscriber);
        assertThat(subscriber.heard).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSubscriberThatFallsBehindIsToldEvenIfItAsksForNothing() {
        channel.publisher().subscribe(subscriber);
        for (int i = 0; i < 17; i++) emit(delta(i));
        run();
        assertThat(subscriber.heard).singleElement().isInstanceOf(SlowConsumerException.class);
        emit(COMPLETED);
        run();
        assertThat(subscriber.heard).hasSize(1);
        assertThat(channel.result()).isSameAs(RESULT);
    }

    @Test
    void aSubscriberThatThrowsHoldsUpNobody() {
        for (Throwable thrown : List.of(new IllegalStateException("boom"), new AssertionError("boom"))) {
            TurnChannel other = new TurnChannel(16, tasks::add);
            Subscriber failing = new Subscriber() {
                @Override
                public void onNext(AgentEvent event) {
                    super.onNext(event);
                    if (thrown instanceof Error error) throw error;
                    throw (RuntimeException) thrown;
                }
            };
            other.publisher().subscribe(failing);
            failing.subscription().request(5);
            other.emit(STARTED);
            run();
            other.emit(COMPLETED);
            run();
            assertThat(failing.heard).containsExactly(STARTED);
            assertThat(other.result()).isSameAs(RESULT);
        }
    }

    @Test
    void aSubscriberThatThrowsOnSubscribingSeesItsOwnError() {
        assertThatThrownBy(() -> channel.publisher().subscribe(new Subscriber() {
                    @Override
                    public void onSubscribe(Flow.Subscription given) {
                        throw new IllegalStateException("boom");
                    }
                }))
                .hasMessage("boom");
        emit(STARTED, COMPLETED);
        assertThat(channel.result()).isSameAs(RESULT);
    }

    @Test
    @SuppressWarnings("NullAway") // Reactive Streams 1.9 says what null must do.
    void noSubscriberTakesNobodysPlace() {
        assertThatNullPointerException().isThrownBy(() -> channel.publisher().subscribe(null));
        assertThat(channel.iterator()).isNotNull();
    }

    @Test
    void aSubscriberThatBlocksHoldsUpNobody() throws Exception {
        ExecutorService threads = Threads.perTask("test");
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        TurnChannel other = new TurnChannel(16, threads);
        Subscriber blocking = new Subscriber() {
            @Override
            public void onNext(AgentEvent event) {
                blocked.countDown();
                TurnChannelTest.awaitQuietly(release);
            }
        };
        other.publisher().subscribe(blocking);
        blocking.subscription().request(Long.MAX_VALUE);
        other.emit(STARTED);
        assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 100; i++) other.emit(delta(i));
        other.emit(COMPLETED);
        assertThat(other.result()).isSameAs(RESULT);
        release.countDown();
        threads.shutdown();
    }

    private void emit(AgentEvent... events) {
        for (AgentEvent event : events) channel.emit(event);
    }

    private void run() {
        while (!tasks.isEmpty()) tasks.remove().run();
    }

    private static class Subscriber implements Flow.Subscriber<AgentEvent> {

        final List<Object> heard = new ArrayList<>();
        private final Deque<Flow.Subscription> given = new ArrayDeque<>();

        Flow.Subscription subscription() {
            return given.getFirst();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            given.add(subscription);
        }

        @Override
        public void onNext(AgentEvent event) {
            heard.add(event);
        }

        @Override
        public void onError(Throwable error) {
            heard.add(error);
        }

        @Override
        public void onComplete() {
            heard.add("complete");
        }
    }
}
