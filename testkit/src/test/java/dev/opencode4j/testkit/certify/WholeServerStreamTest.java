package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns in several directories of a server share one event stream. */
@EachRealVersion
@Timeout(180)
class WholeServerStreamTest extends RigTest {

    private static final SessionOptions OPTIONS = SessionOptions.builder()
            .permissions(PermissionPolicy.once())
            .timeouts(Timeouts.DEFAULT.withTurn(Rig.BOUND))
            .build();

    WholeServerStreamTest(RealOpenCode server, ScriptedModel model) {
        super(server, model);
    }

    private Path newDirectory() throws IOException {
        return Files.createDirectory(server.directory().resolve(Rig.marker("one of many")))
                .toRealPath();
    }

    private Json call(String path, Path directory) {
        return rig.client()
                .call(
                        "POST",
                        path + "?directory=" + URLEncoder.encode(directory.toString(), StandardCharsets.UTF_8),
                        Json.EMPTY);
    }

    private AgentSession sessionIn(Path directory) {
        String id = call("/session", directory).node().path("id").asString();
        return rig.agent().resume(id, OPTIONS);
    }

    @Test
    void permissionsTextAndSubAgentsOfEachDirectoryReachTheirTurns() throws IOException {
        List<AgentSession> sessions = new ArrayList<>();
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < 3; i++) sessions.add(sessionIn(newDirectory()));
        for (AgentSession session : sessions) turns.add(session.start("#task=bash"));
        for (Turn turn : turns) {
            List<AgentEvent> events = new ArrayList<>();
            turn.forEach(events::add);
            TurnResult result = turn.result();
            assertThat(events).hasAtLeastOneElementOfType(PermissionAsked.class);
            assertThat(result.reply().tools()).hasSize(1);
            StoredTurn.equalsReply(rig.client(), result);
        }
        sessions.forEach(AgentSession::close);
        assertThat(rig.requests().of("GET /global/event")).isEqualTo(1);
        assertThat(rig.requests().of("GET /event")).isZero();
    }

    @Test
    void aTurnEndsWhenItsDirectoryIsDisposedOfAndTheNextOneIsHeard() throws IOException {
        Path directory = newDirectory();
        try (AgentSession session = sessionIn(directory)) {
            List<AgentEvent> events = new ArrayList<>();
            try (Turn turn = session.start("#slow")) {
                Iterator<AgentEvent> told = turn.iterator();
                while (!(told.next() instanceof TextDelta)) {
                    // Not yet.
                }
                call("/instance/dispose", directory);
                told.forEachRemaining(events::add);
                assertThat(events).last().isInstanceOf(TurnInterrupted.class);
            }
            assertThat(session.run("#words=5").text()).isNotEmpty();
        }
        assertThat(rig.requests().of("GET /global/event")).isEqualTo(1);
    }
}
