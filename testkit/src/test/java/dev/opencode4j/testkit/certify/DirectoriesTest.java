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
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.Answer;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A turn is watched, and runs, in its session's directory, whatever directory the client is about. */
@EachRealVersion
class DirectoriesTest extends RigTest {

    private static final SessionOptions OPTIONS = SessionOptions.builder()
            .permissions(PermissionPolicy.once())
            .timeouts(Timeouts.DEFAULT.withTurn(Rig.BOUND))
            .build();

    private final List<AgentEvent> events = new ArrayList<>();
    private Path elsewhere = Path.of("");

    DirectoriesTest(RealOpenCode server, ScriptedModel model) {
        super(server, model);
    }

    @BeforeEach
    void prepare() throws IOException {
        elsewhere = Files.createDirectory(server.directory().resolve(Rig.marker("elsewhere ü")))
                .toRealPath();
        model.on(
                "where",
                request -> request.toolResults() > 0
                        ? Answer.words("that is where")
                        : Answer.empty().call("bash", Map.of("command", "pwd", "description", "Where")));
    }

    private String sessionElsewhere() {
        try (OpenCodeClient there = OpenCodeClient.builder()
                .baseUrl(server.baseUri().toString())
                .username(RealOpenCode.USER)
                .password(server.password())
                .directory(elsewhere.toString())
                .build()) {
            return there.createSession("elsewhere").id();
        }
    }

    private void ranElsewhere(TurnResult result) {
        assertThat(result.text()).contains("that is where");
        assertThat(result.reply().tools())
                .singleElement()
                .satisfies(tool -> assertThat(tool.output()).contains(elsewhere.toString()));
        assertThat(events)
                .hasAtLeastOneElementOfType(PermissionAsked.class)
                .hasAtLeastOneElementOfType(TextDelta.class);
        StoredTurn.equalsReply(rig.client(), result);
    }

    @Test
    void aResumedSession() {
        try (AgentSession session = rig.agent().resume(sessionElsewhere(), OPTIONS)) {
            ranElsewhere(session.run("#where", events::add));
        }
    }

    @Test
    void aSessionByItsId() {
        try (Turn turn = rig.client().start(sessionElsewhere(), Prompt.of("#where"), OPTIONS)) {
            turn.forEach(events::add);
            ranElsewhere(turn.result());
        }
    }

    @Test
    void anInterrupt() {
        String marker = Rig.marker("elsewhere");
        try (AgentSession session = rig.agent().resume(sessionElsewhere(), OPTIONS);
                Turn turn = session.start("#slow " + marker)) {
            Iterator<AgentEvent> told = turn.iterator();
            while (!(told.next() instanceof TextDelta)) {
                // Not yet.
            }
            turn.interrupt();
            told.forEachRemaining(events::add);
            assertThat(events).last().isInstanceOf(TurnInterrupted.class);
            model.awaitAbandoned(marker, Rig.BOUND);
            events.clear();
            ranElsewhere(session.run("#where", events::add));
        }
    }
}
