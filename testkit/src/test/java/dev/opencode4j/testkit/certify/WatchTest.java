package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.server.EventWatch;
import dev.opencode4j.server.ServerEvent;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One client prompts, another one watches. */
@EachRealVersion
@Timeout(120)
class WatchTest extends RigTest {

    private final Rig watcher;

    WatchTest(RealOpenCode server, ScriptedModel model) {
        super(server, model);
        watcher = Rig.of(server);
    }

    @AfterEach
    void closeWatcher() {
        watcher.close();
    }

    private static EventWatch ready(EventWatch watch) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        watch.onReady(ready::countDown);
        assertThat(ready.await(Rig.BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return watch;
    }

    private static List<ServerEvent> until(EventWatch watch, Predicate<ServerEvent> last) {
        List<ServerEvent> seen = new ArrayList<>();
        Iterator<ServerEvent> events = watch.iterator();
        do seen.add(events.next());
        while (!last.test(seen.get(seen.size() - 1)));
        return seen;
    }

    private static Predicate<ServerEvent> idle(String session) {
        return event -> event.type().equals("session.idle") && event.sessionId().equals(session);
    }

    private static String texts(List<ServerEvent> events, String session) {
        return events.stream()
                .filter(event -> event.sessionId().equals(session))
                .map(ServerEvent::event)
                .filter(TextDelta.class::isInstance)
                .map(event -> ((TextDelta) event).text())
                .collect(Collectors.joining());
    }

    @Test
    void textArrivesByPiecesAndSoDoesEachRawEvent() throws InterruptedException {
        try (AgentSession session = rig.open();
                EventWatch watch = ready(watcher.client().events().session(session.id()))) {
            TurnResult result = session.run("#words=20");
            List<ServerEvent> seen = until(watch, idle(session.id()));
            assertThat(texts(seen, session.id()).strip())
                    .isEqualTo(result.text().strip());
            assertThat(seen.subList(1, seen.size()))
                    .allSatisfy(
                            event -> assertThat(event.raw().node().path("type").asString())
                                    .isEqualTo(event.type()));
        }
    }

    @Test
    void aSubAgentsToolCallsAndPermissionsAreSeen() throws InterruptedException {
        try (AgentSession session = rig.open();
                EventWatch watch = ready(watcher.client().events().sessionWithSubAgents(session.id()))) {
            session.run("#task=bash");
            List<ServerEvent> seen = until(watch, idle(session.id()));
            List<ServerEvent> child = seen.stream()
                    .filter(event ->
                            !event.isConnectionFact() && !event.sessionId().equals(session.id()))
                    .toList();
            assertThat(child).extracting(ServerEvent::type).contains("session.created", "session.idle");
            assertThat(child).anyMatch(event -> event.event() instanceof PermissionAsked);
            assertThat(child).anyMatch(event -> event.event() instanceof PermissionReplied);
            assertThat(child).anyMatch(event -> event.event() instanceof ToolProgressed);
        }
    }

    @Test
    void theDirectoryAndTheServerTellOfAllSessions() throws InterruptedException {
        try (AgentSession first = rig.open();
                AgentSession second = rig.open()) {
            String directory = watcher.client().sessions().get(first.id()).directory();
            try (EventWatch here = ready(watcher.client().events().directory(directory));
                    EventWatch everywhere = ready(watcher.client().events().server())) {
                first.run("#words=5");
                second.run("#words=6");
                for (EventWatch watch : List.of(here, everywhere)) {
                    List<ServerEvent> seen = until(watch, idle(second.id()));
                    assertThat(texts(seen, first.id())).isNotEmpty();
                    assertThat(texts(seen, second.id())).isNotEmpty();
                }
            }
        }
    }

    @Test
    void heartbeatsCome() throws InterruptedException {
        try (AgentSession session = rig.open();
                EventWatch watch = ready(watcher.client().events().session(session.id()))) {
            assertThat(until(watch, event -> event.type().equals(ServerEvent.HEARTBEAT)))
                    .isNotEmpty();
        }
    }
}
