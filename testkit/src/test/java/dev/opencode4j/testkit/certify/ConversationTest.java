package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.prompt.Attachment;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.PromptOptions;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ModelRequest;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Conversations: several turns, several clients, what a session remembers, many sessions at once. */
@EachRealVersion
class ConversationTest extends RigTest {

    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    ConversationTest(RealOpenCode server, ScriptedModel model) {
        super(server, model);
    }

    /** The whole body of the model call that this prompt led to: what the model was told. */
    private String toldWith(String marker) {
        List<ModelRequest> calls = model.requests().stream()
                .filter(request -> !request.isTitle() && request.prompt().contains(marker))
                .toList();
        assertThat(calls).hasSize(1);
        return calls.get(0).body().toString();
    }

    @Test
    void promptsInARowGetOneAnswerEach() {
        List<String> ids = new ArrayList<>();
        try (AgentSession session = rig.open()) {
            for (int i = 0; i < 6; i++) {
                String marker = Rig.marker("row");
                TurnResult result = session.run("#echo " + marker);
                assertThat(result.text()).contains(marker);
                assertThat(model.timesRun(marker)).isEqualTo(1);
                StoredTurn stored = StoredTurn.of(rig.client(), result);
                assertThat(stored.answers()).hasSize(1);
                ids.add(result.messageId());
                ids.add(stored.last().id());
            }
            assertThat(ids).isSorted();
            assertThat(rig.client().messages().list(session.id()))
                    .extracting(Message::id)
                    .containsExactlyElementsOf(ids);
        }
    }

    @Test
    void aSecondClientResumesTheConversation() {
        String first = Rig.marker("first");
        String second = Rig.marker("second");
        String id;
        try (AgentSession session = rig.open()) {
            id = session.id();
            session.run("#echo " + first);
        }
        try (Rig other = Rig.of(server);
                AgentSession session = other.agent().resume(id, SessionOptions.DEFAULT)) {
            TurnResult result = session.run("#echo " + second);
            StoredTurn.equalsReply(other.client(), result);
        }
        assertThat(toldWith(second)).contains(first);
        assertThat(model.timesRun(second)).isEqualTo(1);
        assertThat(model.timesRun(first)).isEqualTo(1);
    }

    @Test
    void whatIsKeptWithoutAReplyIsRemembered() {
        String kept = Rig.marker("kept");
        String asked = Rig.marker("asked");
        try (AgentSession session = rig.open()) {
            PromptOptions silently = PromptOptions.NONE.withoutReply().asSynthetic();
            rig.client().messages().submit(session.id(), Prompt.of("#echo " + kept), silently);
            Eventually.holds(
                    "the note is stored",
                    Rig.BOUND,
                    () -> !rig.client().messages().list(session.id()).isEmpty());

            assertThat(session.run("#echo " + asked).text()).contains(asked);
        }
        assertThat(model.timesRun(kept)).as("prompts that the model began with").isZero();
        assertThat(toldWith(asked)).contains(kept);
    }

    @Test
    void attachmentsReachTheModel() {
        String marker = Rig.marker("attached");
        Prompt prompt = Prompt.builder("#echo " + marker)
                .attach(Attachment.of("note.txt", "text/plain", "a noted word".getBytes(StandardCharsets.UTF_8)))
                .attach(Attachment.of("dot.png", "image/png", PNG))
                .build();
        try (AgentSession session = rig.open()) {
            TurnResult result = session.run(prompt, event -> {});
            StoredTurn.equalsReply(rig.client(), result);
        }
        assertThat(toldWith(marker)).contains("a noted word");
        assertThat(model.timesRun(marker)).isEqualTo(1);
    }

    @Test
    void twentyTurnsAtOnceShareOneStream() {
        List<AgentSession> sessions =
                IntStream.range(0, 20).mapToObj(i -> rig.open()).toList();
        List<String> markers =
                sessions.stream().map(session -> Rig.marker("crowd")).toList();
        List<Turn> turns = IntStream.range(0, 20)
                .mapToObj(i -> sessions.get(i).start("#words=50 " + markers.get(i)))
                .toList();
        for (int i = 0; i < 20; i++) {
            TurnResult result = turns.get(i).result();
            assertThat(result.text()).startsWith("word0 word1 ").contains("word49");
            assertThat(result.sessionId()).isEqualTo(sessions.get(i).id());
            StoredTurn.equalsReply(rig.client(), result);
            assertThat(model.timesRun(markers.get(i))).isEqualTo(1);
        }
        assertThat(rig.requests().of("GET /global/event")).isEqualTo(1);
    }

    /** A server that is just starting may need longer than the deadline to reach its model: the next one is longer. */
    @Test
    void aDeadlineAbortsUpstream() {
        String hold = Rig.marker("deadline").replace('-', '_');
        Duration limit = Duration.ofMillis(1500);
        do {
            try (AgentSession session = rig.open(withDeadline(limit))) {
                long start = System.nanoTime();
                assertThatThrownBy(() -> session.run("#hold=" + hold))
                        .isInstanceOfSatisfying(
                                DeadlineExceeded.class,
                                error -> assertThat(error.partial()).isPresent());
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(limit);
                rig.awaitIdle(session.id());
            }
            limit = limit.multipliedBy(3);
        } while (model.timesRun(hold) == 0 && limit.compareTo(Rig.BOUND) < 0);
        model.awaitAbandoned(hold, Rig.BOUND);
    }

    private static UnaryOperator<SessionOptions.Builder> withDeadline(Duration limit) {
        return options -> options.timeouts(Timeouts.DEFAULT.withTurn(limit));
    }
}
