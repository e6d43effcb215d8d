package dev.opencode4j.testkit.server;

import static dev.opencode4j.testkit.server.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.error.SlowConsumerException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.Reconnected;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.server.EventWatch;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.ServerEvent;
import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Ending;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import dev.opencode4j.testkit.impostor.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watching a server whoever prompts: here the watching client never does. */
@Timeout(60)
class EventWatchTest {

    private final Stage stage = Stage.open();
    private final Impostor impostor = stage.impostor;
    private final OpenCodeClient watching = Stage.builder(impostor).build();

    @AfterEach
    void close() {
        watching.close();
        stage.close();
    }

    private static EventWatch ready(EventWatch watch) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        watch.onReady(ready::countDown);
        assertThat(ready.await(20, TimeUnit.SECONDS)).isTrue();
        return watch;
    }

    /** The events up to the first of that type, that one included. */
    private static List<ServerEvent> until(Iterator<ServerEvent> events, Predicate<ServerEvent> last) {
        List<ServerEvent> seen = new ArrayList<>();
        do seen.add(events.next());
        while (!last.test(seen.get(seen.size() - 1)));
        return seen;
    }

    private static Predicate<ServerEvent> type(String type) {
        return event -> event.type().equals(type);
    }

    private static String texts(List<ServerEvent> events) {
        StringBuilder text = new StringBuilder();
        for (ServerEvent event : events) {
            if (event.event() instanceof TextDelta delta) text.append(delta.text());
        }
        return text.toString();
    }

    private String sessionIn(String directory) {
        return stage.client
                .call("POST", "/session?directory=" + directory, Json.EMPTY)
                .node()
                .path("id")
                .asString();
    }

    @Test
    void aSessionsEventsAreTypedAndRawWhoeverPrompts() throws InterruptedException {
        String session = impostor.openSession("watched");
        try (EventWatch watch = ready(watching.events().session(session))) {
            stage.play("another session").completed();
            stage.play(session, "Hello").completed();
            List<ServerEvent> seen = until(watch.iterator(), type("session.idle"));
            assertThat(texts(seen)).isEqualTo("You said: Hello");
            assertThat(seen.get(0).type()).isEqualTo(ServerEvent.CONNECTED);
            assertThat(seen.subList(1, seen.size())).allSatisfy(event -> {
                assertThat(event.sessionId()).isEqualTo(session);
                assertThat(event.directory()).isNotEmpty();
                assertThat(event.isConnectionFact()).isFalse();
                assertThat(event.raw().node().path("type").asString()).isEqualTo(event.type());
                assertThat(event.raw().text()).contains(session);
            });
        }
    }

    @Test
    void aDirectorysEventsAreThoseOfAllItsSessions() throws InterruptedException {
        String first = sessionIn("/here");
        String second = sessionIn("/here");
        String elsewhere = sessionIn("/there");
        try (EventWatch here = ready(watching.events().directory("/here"));
                EventWatch everywhere = ready(watching.events().server())) {
            for (String session : List.of(elsewhere, first, second)) {
                stage.play(session, "in " + session).completed();
            }
            Predicate<ServerEvent> last = event ->
                    event.type().equals("session.idle") && event.sessionId().equals(second);
            List<ServerEvent> seenHere = until(here.iterator(), last);
            assertThat(texts(seenHere)).isEqualTo("You said: in " + first + "You said: in " + second);
            assertThat(seenHere.subList(1, seenHere.size()))
                    .allMatch(event -> event.directory().equals("/here"));
            assertThat(texts(until(everywhere.iterator(), last)))
                    .isEqualTo("You said: in " + elsewhere + "You said: in " + first + "You said: in " + second);
        }
    }

    @Test
    void allWatchesAndTurnsOfAClientShareOneStream() throws InterruptedException {
        List<EventWatch> watches = new ArrayList<>();
        for (int i = 0; i < 20; i++) watches.add(ready(stage.client.events().server()));
        stage.play("Hello").completed();
        assertThat(impostor.streamsOpened()).isEqualTo(1);
        for (EventWatch watch : watches) {
            assertThat(texts(until(watch.iterator(), type("session.idle")))).isEqualTo("You said: Hello");
            watch.close();
        }
    }

    @Test
    void heartbeatsAreToldToEveryWatch() throws InterruptedException {
        String session = impostor.openSession("watched");
        try (EventWatch one = ready(watching.events().session(session));
                EventWatch two = ready(watching.events().directory("/nowhere"));
                EventWatch three = ready(watching.events().server())) {
            impostor.heartbeat();
            for (EventWatch watch : List.of(one, two, three)) {
                List<ServerEvent> seen = until(watch.iterator(), type(ServerEvent.HEARTBEAT));
                assertThat(seen).allMatch(ServerEvent::isConnectionFact);
            }
        }
    }

    @Test
    void aGapAndItsEndAreEventsToo() throws InterruptedException {
        String session = impostor.openSession("watched");
        CountDownLatch called = new CountDownLatch(2);
        try (EventWatch watch = ready(watching.events().session(session))) {
            watch.onReady(called::countDown);
            impostor.faults().cut(Ending.RESET);
            Iterator<ServerEvent> events = watch.iterator();
            List<ServerEvent> seen = until(events, event -> event.event() instanceof Reconnected);
            assertThat(seen)
                    .extracting(ServerEvent::type)
                    .contains(ServerEvent.GAP)
                    .endsWith(ServerEvent.CONNECTED);
            stage.play(session, "Hello").completed();
            assertThat(texts(until(events, type("session.idle")))).isEqualTo("You said: Hello");
            assertThat(called.getCount()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsAwayIsToldAndWaitedFor() {
        impostor.goDown();
        try (EventWatch watch = watching.events().server()) {
            Iterator<ServerEvent> events = watch.iterator();
            List<ServerEvent> seen = until(events, type(ServerEvent.REFUSED));
            assertThat(seen).last().satisfies(event -> assertThat(event.event()).isInstanceOf(ErrorReported.class));
            impostor.comeUp();
            until(events, type(ServerEvent.CONNECTED));
        }
    }

    @Test
    void aSlowConsumerIsCutOffAndSlowsNobody() throws InterruptedException {
        try (EventWatch slow = ready(watching.events().withBuffer(16).server());
                EventWatch other = ready(watching.events().server())) {
            stage.play("a prompt of many words that make for many events each of which is waiting")
                    .completed();
            List<ServerEvent> seen = until(other.iterator(), type("session.idle"));
            assertThat(texts(seen)).startsWith("You said: a prompt");
            Iterator<ServerEvent> events = slow.iterator();
            assertThatThrownBy(() -> until(events, type("session.idle"))).isInstanceOf(SlowConsumerException.class);
        }
    }

    @Test
    void aSubscriberMayCloseTheWatchAndRunsOnAConsumersThread() throws Exception {
        EventWatch watch = watching.events().server();
        CompletableFuture<String> thread = new CompletableFuture<>();
        CompletableFuture<Void> completed = new CompletableFuture<>();
        watch.publisher().subscribe(new QueueSubscriber() {
            @Override
            public void onNext(ServerEvent event) {
                thread.complete(Thread.currentThread().getName());
                watch.close();
            }

            @Override
            public void onComplete() {
                completed.complete(null);
            }
        });
        completed.get(20, TimeUnit.SECONDS);
        assertThat(thread.get()).startsWith("opencode4j-consumer");
    }

    @Test
    void theCallbackMayCloseTheWatchAndRunsOnAConsumersThread() throws Exception {
        EventWatch watch = watching.events().server();
        CompletableFuture<String> thread = new CompletableFuture<>();
        watch.onReady(() -> {
            watch.close();
            thread.complete(Thread.currentThread().getName());
            throw new IllegalStateException("the callback's own, which is logged");
        });
        assertThat(thread.get(20, TimeUnit.SECONDS)).startsWith("opencode4j-consumer");
        assertThat(watch.iterator().hasNext()).isFalse();
    }

    @Test
    void closingTheWatchEndsAWaitingIterator() throws Exception {
        EventWatch watch = ready(watching.events().server());
        Iterator<ServerEvent> events = watch.iterator();
        until(events, type(ServerEvent.CONNECTED));
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(events::hasNext, task -> new Thread(task).start());
        watch.close();
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isFalse();
        assertThatThrownBy(watch::iterator).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingTheClientEndsAllWatchesWithAnErrorAfterWhatCame() throws InterruptedException {
        EventWatch one = ready(watching.events().server());
        EventWatch two = ready(watching.events().server());
        QueueSubscriber subscriber = new QueueSubscriber();
        two.publisher().subscribe(subscriber);
        watching.close();
        Iterator<ServerEvent> events = one.iterator();
        assertThat(events.next().type()).isEqualTo(ServerEvent.CONNECTED);
        assertThatThrownBy(events::hasNext).isInstanceOf(ConnectionException.class);
        assertThat(subscriber.end()).isInstanceOf(ConnectionException.class);
        assertThatThrownBy(() -> watching.events().server().iterator().hasNext())
                .isInstanceOf(ConnectionException.class);
    }

    @Test
    void aSubscriberThatThrowsConcernsItselfAlone() throws InterruptedException {
        try (EventWatch watch = ready(watching.events().server());
                EventWatch other = ready(watching.events().server())) {
            watch.publisher().subscribe(new QueueSubscriber() {
                @Override
                public void onNext(ServerEvent event) {
                    throw new IllegalStateException("the subscriber's own");
                }
            });
            stage.play("Hello").completed();
            assertThat(texts(until(other.iterator(), type("session.idle")))).isEqualTo("You said: Hello");
        }
    }

    @Test
    void subAgentsAreWatchedWithTheirSessionIfAskedFor() throws InterruptedException {
        String session = impostor.openSession("parent");
        impostor.nextTurn(
                session,
                Answer.text("Asking.")
                        .subAgent("look", Answer.text("In the child.").tool("bash", "found")));
        try (EventWatch with = ready(watching.events().sessionWithSubAgents(session));
                EventWatch without = ready(watching.events().session(session))) {
            stage.play(session, "Go").completed();
            Predicate<ServerEvent> last = event ->
                    event.type().equals("session.idle") && event.sessionId().equals(session);
            List<ServerEvent> seen = until(with.iterator(), last);
            assertThat(texts(seen)).contains("Asking.").contains("In the child.");
            assertThat(seen).anyMatch(event -> event.type().equals("session.created"));
            assertThat(seen)
                    .anyMatch(event -> !event.sessionId().equals(session)
                            && event.raw().text().contains("\"tool\":\"bash\""));
            assertThat(until(without.iterator(), last))
                    .allMatch(event ->
                            event.isConnectionFact() || event.sessionId().equals(session));
        }
    }

    @Test
    void subAgentsThatAreAtWorkAlreadyAreFound() throws InterruptedException {
        String session = impostor.openSession("parent");
        impostor.nextTurn(
                session,
                Answer.text("Asking.")
                        .subAgent("look", Answer.text("Early, ").hold("gate").text("late.")));
        try (var turn = stage.start(session, "Go")) {
            impostor.awaitHeld("gate", SOON);
            try (EventWatch watch = ready(watching.events().sessionWithSubAgents(session))) {
                impostor.awaitRequest(RecordedRequest.to("GET", "/session/" + childOf(session) + "/children"), SOON);
                impostor.release("gate");
                turn.result();
                List<ServerEvent> seen = until(
                        watch.iterator(),
                        event -> event.type().equals("session.idle")
                                && event.sessionId().equals(session));
                assertThat(texts(seen)).contains("late.");
            }
        }
    }

    private String childOf(String session) {
        return stage.client.sessions().children(session).get(0).id();
    }

    @Test
    void aServerWithoutAStreamForAllCanBeWatchedByDirectory() throws InterruptedException {
        impostor.faults().everyResponse(RecordedRequest.to("GET", "/global/event"), Response.webPage());
        String session = sessionIn("/here");
        try (EventWatch one = ready(watching.events().session(session));
                EventWatch here = ready(watching.events().directory("/here"));
                EventWatch none = watching.events().server()) {
            stage.play(session, "Hello").completed();
            for (EventWatch watch : List.of(one, here)) {
                List<ServerEvent> seen = until(watch.iterator(), type("session.idle"));
                assertThat(texts(seen)).isEqualTo("You said: Hello");
                assertThat(seen)
                        .last()
                        .satisfies(event -> assertThat(event.directory()).isEqualTo("/here"));
            }
            assertThatThrownBy(() -> none.iterator().hasNext()).isInstanceOf(UnsupportedFeatureException.class);
        }
    }

    @Test
    void aRefusalForGoodEndsTheWatchWithIt() {
        impostor.faults().refuseStreams(401);
        try (EventWatch watch = watching.events().server()) {
            assertThatThrownBy(() -> watch.iterator().hasNext()).isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void badArgumentsAreRefusedAtOnce() {
        assertThatThrownBy(() -> watching.events().session("ses_missing")).isInstanceOf(SessionNotFoundException.class);
        assertThatThrownBy(() -> watching.events().session("7")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> watching.events().directory(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> watching.events().withBuffer(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thousandsOfWatchesLeaveNothingBehind() throws InterruptedException {
        try (Stage quick = Stage.open(
                Impostor.start(), builder -> Stage.streams(builder, Duration.ofSeconds(5), Duration.ofMillis(50)))) {
            String session = quick.impostor.openSession("watched");
            for (int i = 0; i < 1_000; i++) {
                quick.client.events().directory("/directory-" + i).close();
                if (i % 10 == 0) quick.client.events().session(session).close();
            }
            ready(quick.client.events().server()).close();
            quick.impostor.awaitStreams(0, SOON);
        }
    }

    /** Takes everything. */
    private static class QueueSubscriber implements Flow.Subscriber<ServerEvent> {

        private final LinkedBlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();

        Throwable end() throws InterruptedException {
            Throwable end = ends.poll(20, TimeUnit.SECONDS);
            assertThat(end).isInstanceOf(AgentException.class);
            return end;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ServerEvent event) {}

        @Override
        public void onError(Throwable error) {
            ends.add(error);
        }

        @Override
        public void onComplete() {}
    }
}
