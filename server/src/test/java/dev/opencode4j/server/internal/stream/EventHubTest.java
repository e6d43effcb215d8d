package dev.opencode4j.server.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.work.ManualTicker;
import dev.opencode4j.server.internal.wire.RawEvent;
import dev.opencode4j.server.internal.wire.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When streams are opened and closed, and who is told what of them; the time is the test's. */
class EventHubTest {

    private static final StreamSettings SETTINGS = new StreamSettings(
            Duration.ofSeconds(60),
            Duration.ofDays(1),
            Duration.ofSeconds(30),
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            true);

    private final ManualTicker ticker = new ManualTicker();
    private final FakeEventServer server = new FakeEventServer();
    private final EventHub hub = new EventHub(server::opener, SETTINGS, ticker);

    @AfterEach
    void close() {
        hub.close();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(1);
        }
    }

    private static String idle(String session) {
        return "{\"type\":\"session.idle\",\"properties\":{\"sessionID\":\"" + session + "\"}}";
    }

    private static String in(String directory, String event) {
        return "{\"directory\":\"" + directory + "\",\"project\":\"global\",\"payload\":" + event + "}";
    }

    private RecordingSubscriber ready(String directory, String session) throws InterruptedException {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        hub.subscribe(directory, session, subscriber);
        subscriber.await("ready");
        return subscriber;
    }

    private FakeEventServer.Connection connection(int index) {
        return server.connections.get(index);
    }

    @Test
    void aTurnNowAndThenKeepsTheStreamOpenAndPlantsNoTimers() throws InterruptedException {
        for (int turn = 0; turn < 100; turn++) {
            RecordingSubscriber subscriber = new RecordingSubscriber();
            Subscription subscription = hub.subscribe("/a", "ses_" + turn, subscriber);
            subscriber.await("ready");
            subscription.close();
            assertThat(ticker.planned()).isLessThanOrEqualTo(2);
            ticker.advance(Duration.ofSeconds(7));
        }
        assertThat(server.connections).hasSize(1);
        assertThat(connection(0).isClosed()).isFalse();
        ticker.advance(Duration.ofSeconds(40));
        await("the end of the stream", () -> hub.streams() == 0 && ticker.planned() == 0);
        assertThat(connection(0).isClosed()).isTrue();
    }

    @Test
    void aStreamIsNotClosedWhileItIsWatchedHoweverLongAgoSomebodyLeft() throws InterruptedException {
        ready("/a", "ses_1");
        hub.subscribe("/b", "ses_2", new RecordingSubscriber()).close();
        ticker.advance(Duration.ofMinutes(10));
        assertThat(connection(0).isClosed()).isFalse();
    }

    @Test
    void oneStreamIsForAllDirectoriesAndEachEventForItsSession() throws InterruptedException {
        List<RecordingSubscriber> subscribers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) subscribers.add(ready("/directory-" + i, "ses_" + i));
        assertThat(server.connections).hasSize(1);
        assertThat(connection(0).scope).isEqualTo(StreamScope.SERVER);
        connection(0).send(in("/directory-7", idle("ses_7")));
        subscribers.get(7).await("signal ses_7");
        connection(0).send(in("/somewhere/else", idle("ses_8"))); // 1.2.27 runs a prompt where the request says.
        subscribers.get(8).await("signal ses_8");
        assertThat(subscribers.get(9).isSilent()).isTrue();
    }

    @Test
    void whatRepeatsAnotherEventSaysNothing() throws InterruptedException {
        RecordingSubscriber subscriber = ready("/a", "ses_1");
        connection(0).send(in("/a", "{\"type\":\"sync\",\"syncEvent\":{\"data\":{\"sessionID\":\"ses_1\"}}}"));
        connection(0).send(in("/a", idle("ses_1")));
        subscriber.await("signal ses_1");
        assertThat(subscriber.isSilent()).isTrue();
    }

    @Test
    void whoseDirectoryIsDisposedOfMissesSomething() throws InterruptedException {
        RecordingSubscriber there = ready("/a", "ses_1");
        RecordingSubscriber elsewhere = ready("/b", "ses_2");
        connection(0).send(in("/a", "{\"type\":\"server.instance.disposed\",\"properties\":{\"directory\":\"/a\"}}"));
        there.await("damaged");
        connection(0).send(in("/b", idle("ses_2")));
        elsewhere.await("signal ses_2");
        assertThat(elsewhere.isSilent()).isTrue();
    }

    @Test
    void aServerWithoutAStreamOfItsOwnHasOneForEachDirectory() throws InterruptedException {
        server.refusal =
                scope -> scope.isWholeServer() ? new ProtocolException("unknown route", null, "<html>", null) : null;
        ready("/a", "ses_1");
        RecordingSubscriber second = ready("/b", "ses_2");
        ready("/a", "ses_3");
        assertThat(server.connections)
                .extracting(connection -> connection.scope)
                .containsExactly(StreamScope.of("/a"), StreamScope.of("/b"));
        connection(1).send(idle("ses_2"));
        second.await("signal ses_2");
    }

    @Test
    void whoWatchedTheWholeServerWhenItLostThatStreamIsMovedOrTold() throws InterruptedException {
        RecordingSubscriber moved = ready("/a", "ses_1");
        EndedObserver told = new EndedObserver();
        hub.observeServer(told);
        server.refusal =
                scope -> scope.isWholeServer() ? new ProtocolException("unknown route", null, "<html>", null) : null;
        connection(0).close();
        moved.await("gap");
        moved.await("ready");
        assertThat(connection(1).scope).isEqualTo(StreamScope.of("/a"));
        assertThat(told.end.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(told.cause).isInstanceOf(UnsupportedFeatureException.class);
    }

    @Test
    void nothingStaysOfDirectoriesThatWereWatchedOnce() throws InterruptedException {
        server.refusal =
                scope -> scope.isWholeServer() ? new ProtocolException("unknown route", null, "<html>", null) : null;
        for (int i = 0; i < 300; i++) {
            RecordingSubscriber subscriber = new RecordingSubscriber();
            Subscription subscription = hub.subscribe("/directory-" + i, "ses_" + i, subscriber);
            subscriber.await("ready");
            subscription.close();
        }
        assertThat(hub.streams()).isEqualTo(300);
        ticker.advance(Duration.ofSeconds(60));
        await("the end of the streams", () -> hub.streams() == 0 && ticker.planned() == 0);
        assertThat(server.connections).hasSize(300).allMatch(FakeEventServer.Connection::isClosed);
    }

    @Test
    void whoComesWhenAStreamHasJustEndedGetsAnother() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            RecordingSubscriber subscriber = new RecordingSubscriber();
            Subscription subscription = hub.subscribe("/a", "ses_1", subscriber);
            subscriber.await("ready");
            subscription.close();
            server.connections.forEach(FakeEventServer.Connection::close); // The reader may or may not have noticed.
        }
        await("the end of the stream", () -> hub.streams() == 0);
    }

    @Test
    void aListenerThatThrowsOrInterruptsHarmsNobody() throws InterruptedException {
        hub.subscribe("/a", "ses_1", new RecordingSubscriber() {
            @Override
            public void ready(long connection) {
                throw new IllegalStateException("a subscriber's own");
            }

            @Override
            public void signal(Signal signal) {
                Thread.currentThread().interrupt();
                throw new AssertionError("a subscriber's own");
            }

            @Override
            public void gap(long connection, AgentException cause) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("a subscriber's own");
            }
        });
        RecordingSubscriber other = ready("/a", "ses_1");
        for (int i = 0; i < 3; i++) {
            FakeEventServer.Connection last = server.connections.get(server.connections.size() - 1);
            last.send(idle("ses_1"));
            other.await("signal ses_1");
            last.close();
            other.await("gap");
            other.await("ready");
        }
    }

    @Test
    void aConnectionThatIsSilentIsOpenedAgain() throws InterruptedException {
        RecordingSubscriber subscriber = ready("/a", "ses_1");
        ticker.advance(Duration.ofDays(2));
        subscriber.await("gap");
        subscriber.await("ready");
    }

    @Test
    void aRefusalIsToldAndTriedAgain() throws InterruptedException {
        server.refusal = scope -> FakeEventServer.notThere();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        hub.subscribe("/a", "ses_1", subscriber);
        subscriber.await("refused");
        subscriber.await("refused");
        server.refusal = scope -> null;
        subscriber.await("ready");
        assertThat(connection(0).scope).isEqualTo(StreamScope.SERVER);
    }

    @Test
    void whoeverSubscribesWhileTheHubIsClosedIsToldTheEndOnce() throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            EventHub closing = new EventHub(server::opener, SETTINGS, ticker);
            RecordingSubscriber subscriber = new RecordingSubscriber();
            CountDownLatch go = new CountDownLatch(1);
            Thread closer = new Thread(() -> {
                go.countDown();
                closing.close();
            });
            closer.start();
            go.await();
            closing.subscribe("/a", "ses_1", subscriber);
            subscriber.await("closed");
            closer.join();
            assertThat(closing.streams()).isZero();
            assertThat(subscriber.ends).hasSize(1);
        }
    }

    @Test
    void closingEndsEachSubscriberWithAnErrorOfItsOwn() throws InterruptedException {
        RecordingSubscriber first = ready("/a", "ses_1");
        RecordingSubscriber second = ready("/b", "ses_2");
        hub.close();
        RecordingSubscriber late = new RecordingSubscriber();
        hub.subscribe("/c", "ses_3", late);
        List<AgentException> ends = new ArrayList<>();
        for (RecordingSubscriber subscriber : List.of(first, second, late)) ends.addAll(subscriber.ends);
        assertThat(ends).hasSize(3).doesNotHaveDuplicates().allMatch(ConnectionException.class::isInstance);
    }

    @Test
    void closingFromTheReadersThreadEndsItToo() throws InterruptedException {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        server.onOpen = hub::close;
        hub.subscribe("/a", "ses_1", subscriber);
        subscriber.await("closed");
        await("the reader to end", () -> hub.streams() == 0 && ticker.planned() == 0);
    }

    private static final class EndedObserver implements EventObserver {
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile AgentException cause;

        @Override
        public void subscribed(Subscription subscription) {}

        @Override
        public void event(RawEvent event) {}

        @Override
        public void ready(long connection) {}

        @Override
        public void damaged() {}

        @Override
        public void gap(long connection, AgentException why) {}

        @Override
        public void refused(AgentException why) {}

        @Override
        public void closed(AgentException why) {
            cause = why;
            end.countDown();
        }
    }
}
