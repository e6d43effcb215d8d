package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.Reconnected;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.SessionChange;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.proxy.FaultyProxy;
import dev.opencode4j.testkit.real.OpenCodeBinary;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traps 7 to 11: the raw fact, so that we learn when a version stops doing it, and that ours copes. */
@EachRealVersion
class ServerTrapsTest extends RigTest {

    private static final Json SCHEMA =
            Json.parse("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}},\"required\":[\"a\"]}");

    ServerTrapsTest(RealOpenCode server, ScriptedModel model) {
        super(server, model);
    }

    private static void untilText(Iterator<AgentEvent> events) {
        while (!(events.next() instanceof TextDelta)) {
            // Not yet.
        }
    }

    @Test
    void trap7AKilledServerLeavesAnUnfinishedAnswer() {
        String hold = Rig.marker("killed").replace('-', '_');
        try (RealOpenCode mortal = RealOpenCode.start(version, model);
                Rig own = Rig.of(mortal);
                AgentSession session = own.open()) {
            try (Turn turn = session.start("#hold=" + hold)) {
                untilText(turn.iterator());
                mortal.restart();
                ServerException error = catchThrowableOfType(ServerException.class, turn::result);
                assertThat(error.partial().orElseThrow().text()).isEqualTo("held ");
                assertThat(error.isRetryable()).isFalse();
            }
            assertThat(own.isIdle(session.id())).isTrue();
            List<Message> stored = own.client().messages().list(session.id());
            Message answer = stored.get(stored.size() - 1);
            assertThat(answer.info().isAssistant()).isTrue();
            assertThat(answer.info().completed()).isNull();
            assertThat(answer.text()).isEmpty();
            assertThat(model.timesRun(hold)).isEqualTo(1);

            String next = Rig.marker("alive");
            assertThat(session.run("#echo " + next).text()).contains(next);
            assertThat(model.timesRun(next)).isEqualTo(1);
        }
    }

    @Test
    void trap8ASessionWithAFormatCantBeListed() {
        try (AgentSession session = rig.open()) {
            TurnResult result =
                    session.run(Prompt.builder("#structured").schema(SCHEMA).build(), event -> {});
            UnsupportedFeatureException error = catchThrowableOfType(
                    UnsupportedFeatureException.class,
                    () -> rig.client().messages().list(session.id()));
            assertThat(error != null).isEqualTo(Trap.UNLISTABLE.holdsOn(version));
            String answer = result.reply().parts().get(0).messageId();
            assertThat(rig.client().messages().get(session.id(), answer).info().structured())
                    .isEqualTo(Json.parse("{\"a\":42}"));
            for (int i = 0; i < 3; i++) {
                String marker = Rig.marker("unlisted");
                assertThat(session.run("#echo " + marker).text()).contains(marker);
                assertThat(model.timesRun(marker)).isEqualTo(1);
            }
        }
    }

    @Test
    void trap9NothingIsReplayed() throws Exception {
        try (AgentSession session = rig.open()) {
            session.run("#echo");
            rig.awaitIdle(session.id());
            try (RawEvents late = RawEvents.of(server)) {
                rig.client().sessions().update(session.id(), SessionChange.NONE.withTitle("changed"));
                late.await("session.updated", session.id());
                assertThat(late.types(session.id())).doesNotContain("message.part.delta", "session.idle");
            }
        }
        String hold = Rig.marker("missed").replace('-', '_');
        try (FaultyProxy proxy = FaultyProxy.to(server.baseUri());
                Rig own = Rig.through(proxy.baseUri(), server);
                AgentSession session = own.open();
                Turn turn = session.start("#hold=" + hold)) {
            Iterator<AgentEvent> events = turn.iterator();
            untilText(events);
            proxy.refuse();
            proxy.cut();
            model.release(hold);
            rig.awaitIdle(session.id());
            proxy.accept();
            List<AgentEvent> rest = new ArrayList<>();
            events.forEachRemaining(rest::add);
            assertThat(rest).hasAtLeastOneElementOfType(Reconnected.class);
            assertThat(turn.result().text()).isEqualTo("held released");
            assertThat(model.timesRun(hold)).isEqualTo(1);
        }
    }

    @Test
    void trap10AStreamCarriesEverybodysEvents() throws Exception {
        try (RawEvents events = RawEvents.of(server);
                AgentSession one = rig.open();
                AgentSession other = rig.open();
                Turn first = one.start("#words=20");
                Turn second = other.start("#words=20")) {
            assertThat(first.result().sessionId()).isEqualTo(one.id());
            assertThat(second.result().sessionId()).isEqualTo(other.id());
            StoredTurn.equalsReply(rig.client(), first.result());
            StoredTurn.equalsReply(rig.client(), second.result());
            one.run("#echo");
            assertThat(rig.requests().of("GET /global/event")).isEqualTo(1);
            events.await("message.part.delta", one.id());
            events.await("message.part.delta", other.id());
        }
    }

    /** Tried with a copy: the folder it was installed in is shared, and whoever likes may leave something there. */
    @Test
    void trap11ThePlatformPackageIsOneFile(@TempDir Path folder) throws Exception {
        Path alone = folder.resolve("opencode");
        Files.copy(OpenCodeBinary.provision(version).path(), alone, StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(Files.size(alone)).isBetween(50_000_000L, 250_000_000L);
        Process process = new ProcessBuilder(alone.toString(), "--version")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told).contains(version.number());
    }
}
