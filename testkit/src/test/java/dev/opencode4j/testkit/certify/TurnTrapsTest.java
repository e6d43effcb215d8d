package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import dev.opencode4j.testkit.real.ServerRequests;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The traps 1 to 6: the raw fact, so that we learn when a version stops doing it, and that ours copes. */
@EachRealVersion
class TurnTrapsTest extends RigTest {

    private static final String TAIL = "0123456789abcd";

    private final ServerRequests raw;

    TurnTrapsTest(RealOpenCode server, ScriptedModel model) {
        super(server, model);
        raw = new ServerRequests(server);
    }

    private void post(String session, String body) throws Exception {
        assertThat(raw.send("POST", "/session/" + session + "/prompt_async", body)
                        .statusCode())
                .isEqualTo(204);
    }

    private static String prompt(String text, String id) {
        return "{\"messageID\":\"" + id + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    /** An id as a client's clock would make it. */
    private static String idOfClock(Duration ahead) {
        long stamp = (System.currentTimeMillis() + ahead.toMillis()) * 4096 & 0xffff_ffff_ffffL;
        return "msg_" + String.format(Locale.ROOT, "%012x", stamp) + TAIL;
    }

    @Test
    void trap1UnknownAgentHasNoIdle() throws Exception {
        String session = raw.createSession();
        try (RawEvents events = RawEvents.of(server)) {
            post(session, "{\"agent\":\"nosuchagent\",\"parts\":[{\"type\":\"text\",\"text\":\"#echo\"}]}");
            if (version.isSince("1.15")) {
                Eventually.holds("two errors", Rig.BOUND, () -> events.count("session.error", session) == 2);
            }
            // A turn in another session takes longer than an idle of this one would.
            try (AgentSession other = rig.open()) {
                other.run("#delay=500");
            }
            assertThat(events.types(session)).doesNotContain("session.idle");
            if (version.isBefore("1.15")) {
                assertThat(events.types(session)).doesNotContain("session.error");
            }
            assertThat(raw.get("/session/" + session + "/message").findValuesAsString("role"))
                    .doesNotContain("assistant");
        }
        try (AgentSession ours = rig.open(options -> options.agent("nosuchagent"))) {
            assertThat(catchThrowableOfType(BadRequestException.class, () -> ours.run("#echo"))
                            .reason())
                    .contains("nosuchagent");
        }
    }

    @Test
    void trap2FirstIdleIsNotTheEnd() throws Exception {
        try (RawEvents events = RawEvents.of(server);
                AgentSession session = rig.open()) {
            for (int turn = 1; turn <= 8; turn++) {
                assertThat(session.run("#echo turn" + turn).text()).endsWith("turn" + turn);
            }
            Eventually.holds("eight idles", Rig.BOUND, () -> events.count("session.idle", session.id()) == 8);
            long statuses = events.of(session.id()).stream()
                    .filter(event -> event.path("type").asString().equals("session.status"))
                    .filter(event ->
                            event.at("/properties/status/type").asString().equals("idle"))
                    .count();
            assertThat(statuses).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void trap3ThePromptComesBackAsATextPart() throws Exception {
        String marker = Rig.marker("mine");
        try (RawEvents events = RawEvents.of(server);
                AgentSession session = rig.open()) {
            TurnResult result = session.run("#reason " + marker);
            assertThat(events.of(session.id()))
                    .anySatisfy(event -> assertThat(
                                    event.at("/properties/part/text").asString(""))
                            .contains(marker));
            assertThat(result.reply().parts()).extracting(Part::toString).noneMatch(part -> part.contains(marker));
        }
    }

    @Test
    void trap4MessageIdsDecideWhetherTheModelRuns() throws Exception {
        boolean holds = Trap.MESSAGE_IDS.holdsOn(version);
        try (RawEvents events = RawEvents.of(server);
                AgentSession session = rig.open()) {
            session.run("#echo first");
            events.await("session.idle", session.id());

            String behind = Rig.marker("behind");
            post(session.id(), prompt("#echo " + behind, idOfClock(Duration.ofMinutes(-1))));
            Eventually.holds("another idle", Rig.BOUND, () -> events.count("session.idle", session.id()) >= 2);
            assertThat(model.timesRun(behind)).isEqualTo(holds ? 0 : 1);
        }
        try (RawEvents events = RawEvents.of(server)) {
            String session = raw.createSession();
            String ahead = Rig.marker("ahead");
            post(session, prompt("#echo " + ahead, idOfClock(Duration.ofMinutes(1))));
            if (holds) {
                Eventually.holds("it runs again and again", Rig.BOUND, () -> model.timesRun(ahead) > 2);
                rig.client().sessions().abort(session);
            }
            events.await("session.idle", session);
            rig.awaitIdle(session);
            if (!holds) assertThat(model.timesRun(ahead)).isEqualTo(1);
        }
        try (AgentSession session = rig.open()) {
            for (int i = 0; i < 3; i++) {
                String ours = Rig.marker("ours");
                assertThat(session.run("#echo " + ours).text()).contains(ours);
                assertThat(model.timesRun(ours)).isEqualTo(1);
            }
        }
    }

    @Test
    void trap5TheSameMessageIdTwice() throws Exception {
        String marker = Rig.marker("twice");
        try (AgentSession session = rig.open();
                RawEvents events = RawEvents.of(server)) {
            TurnResult result = session.run("#echo " + marker);
            String id = result.messageId();
            post(session.id(), prompt("#echo " + marker, id));
            Eventually.holds("the part is there again", Rig.BOUND, () -> texts(session.id(), id) == 2);
            Eventually.holds("a second idle", Rig.BOUND, () -> events.count("session.idle", session.id()) >= 2);
            assertThat(model.timesRun(marker)).isEqualTo(1);

            assertThat(rig.client().messages().get(session.id(), id).id()).isEqualTo(id);
            assertThat(catchThrowableOfType(
                            SessionNotFoundException.class,
                            () -> rig.client().messages().get(session.id(), idOfClock(Duration.ZERO))))
                    .isNotNull();
            assertThat(session.run("#echo next").text()).endsWith("next");
        }
    }

    private int texts(String session, String message) {
        return rig.client().messages().get(session, message).parts().size();
    }

    @Test
    void trap6APromptToABusySessionWaits() throws Exception {
        String hold = Rig.marker("busy").replace('-', '_');
        try (RawEvents events = RawEvents.of(server);
                AgentSession session = rig.open();
                Turn first = session.start("#hold=" + hold)) {
            model.awaitHeld(hold, Rig.BOUND);
            String marker = Rig.marker("waits");
            try (Turn second = rig.client().start(session.id(), Prompt.of("#echo " + marker), SessionOptions.DEFAULT)) {
                Eventually.holds("the second prompt is stored", Rig.BOUND, () -> users(session.id()) == 2);
                assertThat(model.timesRun(marker)).isZero();
                model.release(hold);
                assertThat(first.result().text()).isEqualTo("held released");
                // 1.2.27 and 1.15.13 put words of their own around what was said meanwhile.
                assertThat(second.result().text()).startsWith("You said: ");
                assertThat(model.timesRun(marker)).isEqualTo(1);
                events.await("session.idle", session.id());
                assertThat(events.count("session.idle", session.id())).isEqualTo(1);
                StoredTurn.equalsReply(rig.client(), first.result());
                StoredTurn.equalsReply(rig.client(), second.result());
            }
        }
    }

    private long users(String session) {
        List<Message> messages = rig.client().messages().list(session);
        return messages.stream().filter(message -> message.info().isUser()).count();
    }
}
