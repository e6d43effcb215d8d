package dev.opencode4j.server.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.server.internal.wire.Signal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches a session's watcher, and what can't hurt it. */
class FrameRouterTest {

    private static final String CONNECTED = "{\"type\":\"server.connected\",\"properties\":{}}";

    private final TestWire wire = new TestWire();
    private final Watcher watcher = new Watcher();

    private static final class Watcher implements Subscriber {
        final List<Signal> signals = new ArrayList<>();
        int ready;
        int damaged;

        @Override
        public void ready(long connection) {
            ready++;
        }

        @Override
        public void signal(Signal signal) {
            signals.add(signal);
        }

        @Override
        public void damaged() {
            damaged++;
        }

        @Override
        public void gap(long connection, AgentException cause) {}

        @Override
        public void refused(AgentException cause) {}

        @Override
        public void closed(AgentException cause) {}
    }

    @BeforeEach
    void watch() {
        wire.watch("ses_1", watcher);
    }

    private void send(String... events) {
        for (String event : events) wire.feed(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String delta(String id, String text) {
        return "{" + (id.isEmpty() ? "" : "\"id\":\"" + id + "\",")
                + "\"type\":\"message.part.delta\",\"properties\":{\"sessionID\":\"ses_1\",\"messageID\":\"msg_2\","
                + "\"partID\":\"prt_1\",\"field\":\"text\",\"delta\":\"" + text + "\"}}";
    }

    private List<String> deltas() {
        return watcher.signals.stream()
                .map(signal -> ((TextDelta) ((Signal.Told) signal).event()).text())
                .toList();
    }

    @Test
    void nothingCountsBeforeTheServerSaysConnected() {
        send(delta("", "early"));
        assertThat(watcher.ready).isZero();
        send(CONNECTED, delta("", "a"));
        assertThat(watcher.ready).isEqualTo(1);
        assertThat(deltas()).containsExactly("a");
    }

    @Test
    void anEventThatRepeatsTheOneBeforeItIsDropped() {
        send(CONNECTED, delta("evt_1", "a"), delta("evt_1", "a"), delta("evt_2", "b"), delta("evt_2", "b"));
        assertThat(deltas()).containsExactly("a", "b");
    }

    @Test
    void eventsWithoutAnIdAreAllTaken() {
        send(CONNECTED, delta("", "a"), delta("", "a"));
        assertThat(deltas()).containsExactly("a", "a");
    }

    @Test
    void aNewSessionIsItsParentsNews() {
        send(
                CONNECTED,
                "{\"type\":\"session.created\",\"properties\":{\"info\":{\"id\":\"ses_2\",\"parentID\":\"ses_1\"}}}",
                "{\"type\":\"session.created\",\"properties\":{\"info\":{\"id\":\"ses_1\"}}}");
        assertThat(watcher.signals).containsExactly(new Signal.SessionBorn("ses_2", "ses_1"));
    }

    /** Odd types where others are expected; whatever they do, the stream lives and so does what comes next. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "null",
                "\"text\"",
                "{",
                "{}",
                "not json",
                "{\"type\":7,\"properties\":{\"sessionID\":\"ses_1\"}}",
                "{\"type\":\"message.updated\",\"properties\":\"a string\"}",
                "{\"type\":\"message.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"info\":\"a string\"}}",
                "{\"type\":\"message.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"info\":[1,{}]}}",
                "{\"type\":\"message.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"info\":{\"id\":{},\"time\":7}}}",
                "{\"type\":\"message.part.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"part\":7}}",
                "{\"type\":\"message.part.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"part\":{\"id\":\"prt_1\",\"type\":[]}}}",
                "{\"type\":\"message.part.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"part\":{\"id\":\"p\",\"type\":\"tool\",\"state\":\"x\"}}}",
                "{\"type\":\"message.part.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"part\":{\"id\":\"p\",\"type\":\"step-finish\",\"cost\":\"x\",\"tokens\":[]}}}",
                "{\"type\":\"message.part.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"part\":{\"id\":\"p\",\"type\":\"file\",\"url\":\"%%\"}}}",
                "{\"type\":\"message.part.delta\",\"properties\":{\"sessionID\":\"ses_1\",\"delta\":{}}}",
                "{\"type\":\"session.status\",\"properties\":{\"sessionID\":\"ses_1\",\"status\":[]}}",
                "{\"type\":\"session.status\",\"properties\":{\"sessionID\":\"ses_1\",\"status\":{\"type\":\"retry\",\"attempt\":1e400,\"next\":\"soon\"}}}",
                "{\"type\":\"session.status\",\"properties\":{\"sessionID\":\"ses_1\",\"status\":{\"type\":\"retry\",\"next\":9223372036854775807}}}",
                "{\"type\":\"session.error\",\"properties\":{\"sessionID\":\"ses_1\",\"error\":7}}",
                "{\"type\":\"session.error\",\"properties\":{\"sessionID\":\"ses_1\",\"error\":{\"name\":\"APIError\",\"data\":{\"statusCode\":429,\"responseHeaders\":{\"retry-after\":\"99999999999999999999\"}}}}}",
                "{\"type\":\"todo.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"todos\":{\"a\":1}}}",
                "{\"type\":\"permission.asked\",\"properties\":{\"sessionID\":\"ses_1\",\"id\":\"per_1\",\"patterns\":\"x\",\"metadata\":7}}",
                "{\"type\":\"question.asked\",\"properties\":{\"sessionID\":\"ses_1\",\"id\":\"que_1\",\"questions\":[7,{\"options\":9}]}}",
                "{\"type\":\"question.replied\",\"properties\":{\"sessionID\":\"ses_1\",\"requestID\":\"que_1\",\"answers\":[7,null,[{}]]}}",
                "{\"type\":\"message.part.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"part\":{\"id\":\"p\",\"type\":\"text\"",
                "{\"type\":\"message.part.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"part\":{\"id\":\"p\",]}}"
            })
    void anOddEventHurtsNobody(String odd) {
        send(CONNECTED, odd);
        int before = watcher.signals.size() + watcher.damaged;
        send(delta("", "next"));
        assertThat(before).isLessThanOrEqualTo(1);
        assertThat(watcher.signals).isNotEmpty();
        Signal last = watcher.signals.get(watcher.signals.size() - 1);
        assertThat(last)
                .isInstanceOfSatisfying(
                        Signal.Told.class,
                        told -> assertThat(told.event())
                                .isInstanceOfSatisfying(
                                        TextDelta.class,
                                        delta -> assertThat(delta.text()).isEqualTo("next")));
    }

    @Test
    void anEventThatIsBrokenInTheMiddleIsToldAsDamage() {
        send(
                CONNECTED,
                "{\"type\":\"message.part.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"part\":{\"id\":\"p\",]}}");
        assertThat(watcher.damaged).isEqualTo(1);
    }

    /** Whose it was, nobody can say; so all are told, as of one that was too large. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"message.part.updated\",\"properties\":{\"sessionID\":\"ses_",
                "{\"type\":tru,\"properties\":{\"sessionID\":\"ses_1\"}}",
                "{\"id\":1e9999999,\"type\":\"message.updated\",\"properties\":{\"sessionID\":\"ses_1\"}}",
                "not json"
            })
    void anEventWithABrokenHeadIsToldAsDamageToAll(String broken) {
        Watcher other = new Watcher();
        wire.watch("ses_2", other);
        send(CONNECTED, broken);
        assertThat(watcher.damaged).isEqualTo(1);
        assertThat(other.damaged).isEqualTo(1);
    }

    @Test
    void nothingIsDamagedBeforeTheServerSaysConnected() {
        send("not json", CONNECTED);
        assertThat(watcher.damaged).isZero();
        assertThat(watcher.ready).isEqualTo(1);
    }

    /** A step's cost is added and compared: a number with a huge exponent must not get that far. */
    @Test
    void anEventWithAHugeExponentIsToldAsDamage() {
        send(
                CONNECTED,
                "{\"type\":\"message.part.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"part\":{\"id\":\"p\","
                        + "\"messageID\":\"msg_2\",\"type\":\"step-finish\",\"cost\":1e9999999}}}");
        assertThat(watcher.damaged).isEqualTo(1);
        assertThat(watcher.signals).isEmpty();
    }
}
