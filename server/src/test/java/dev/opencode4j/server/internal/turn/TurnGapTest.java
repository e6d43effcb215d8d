package dev.opencode4j.server.internal.turn;

import static dev.opencode4j.server.internal.turn.OneTurn.stored;
import static dev.opencode4j.server.internal.turn.OneTurn.textPart;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.Reconnected;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a turn missed while its stream was broken, it asks for. */
class TurnGapTest {

    private static final SessionStatus IDLE = SessionStatus.IDLE;
    private static final SessionStatus BUSY = SessionStatus.BUSY;

    private static String hello(String text) {
        return stored("msg_2", "stop", textPart("msg_2", "prt_1", text));
    }

    @Test
    void aSubAgentBornInAGapIsFoundByAskingAndSoIsWhatItWaitsFor() {
        OneTurn turn = OneTurn.answering().gap();
        turn.finds(OneTurn.asked(
                List.of(OneTurn.permissionRequest("ses_2", "per_2"), OneTurn.permissionRequest("ses_9", "per_9")),
                List.of(),
                new TaskCall(OneTurn.SESSION, OneTurn.ANSWER, "ses_2", "do it")));
        turn.ready().after(1);
        assertThat(turn.told(PermissionAsked.class))
                .extracting(asked -> asked.request().id())
                .containsExactly("per_2");
        turn.question("ses_2", "que_2");
        assertThat(turn.told(QuestionAsked.class)).hasSize(1);
    }

    // Gaps.

    @Test
    void anIdleThatWasLostInAGapIsFoundByAsking() {
        OneTurn turn = OneTurn.answering()
                .gap()
                .finds(IDLE, true, hello("Hello world"))
                .after(1)
                .ready();
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
        assertThat(turn.text()).isEqualTo("Hello world");
        assertThat(turn.told(Reconnected.class)).containsExactly(new Reconnected(Duration.ofSeconds(1), "it broke"));
    }

    @Test
    void whatCameWhileTheServerWasAskedComesAfterWhatWasMissed() {
        CompletableFuture<Snapshot> look = new CompletableFuture<>();
        OneTurn turn = OneTurn.answering().gap();
        turn.server.look = () -> look;
        turn.ready().delta("msg_2", "prt_3", "third").delta("msg_2", "prt_3", "!");
        assertThat(turn.told(TextDelta.class)).hasSize(1);
        look.complete(new Snapshot(
                BUSY,
                true,
                OneTurn.messages(
                        stored("msg_2", "", textPart("msg_2", "prt_1", "Hello"), textPart("msg_2", "prt_2", "second"))),
                List.of(),
                List.of(),
                List.of(),
                List.of()));
        turn.text("msg_2", "prt_3", "third!").completed("msg_2", "msg_1", "stop");
        turn.finds(
                        IDLE,
                        true,
                        stored(
                                "msg_2",
                                "stop",
                                textPart("msg_2", "prt_1", "Hello"),
                                textPart("msg_2", "prt_2", "second"),
                                textPart("msg_2", "prt_3", "third!")))
                .idle()
                .after(0.1);
        assertThat(turn.end().result().reply().parts()).extracting(Part::id).containsExactly("prt_1", "prt_2", "prt_3");
        assertThat(turn.text()).isEqualTo("Hello\n\nsecond\n\nthird!");
    }

    private static String tool(String status) {
        return "{\"id\":\"prt_2\",\"sessionID\":\"ses_1\",\"messageID\":\"msg_2\",\"type\":\"tool\",\"callID\":\"call_1\","
                + "\"tool\":\"bash\",\"state\":{\"status\":\"" + status + "\",\"input\":{}}}";
    }

    /** A turn whose text began in a gap, with a tool call after it; the server stores the text when all is said. */
    private static OneTurn textBegunInAGap() {
        return OneTurn.prompted()
                .busy()
                .user("msg_1")
                .assistant("msg_2", "msg_1")
                .gap();
    }

    private static void textComesFirst(OneTurn turn) {
        turn.text("msg_2", "prt_1", "Calling bash.").completed("msg_2", "msg_1", "stop");
        turn.finds(IDLE, true, stored("msg_2", "stop", textPart("msg_2", "prt_1", "Calling bash."), tool("completed")))
                .idle()
                .after(0.1);
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
        assertThat(turn.end().result().reply().parts()).extracting(Part::id).containsExactly("prt_1", "prt_2");
        assertThat(turn.told(PartAdded.class))
                .extracting(added -> added.part().id())
                .containsExactly("prt_1", "prt_2");
        assertThat(turn.text()).isEqualTo("Calling bash.");
    }

    @Test
    void aTextThatIsStoredOnlyWhenItIsWholeKeepsItsPlaceBeforeAToolCall() {
        OneTurn turn = textBegunInAGap();
        turn.finds(BUSY, true, stored("msg_2", "", textPart("msg_2", "prt_1", ""), tool("running")));
        textComesFirst(turn.ready());
    }

    @Test
    void aTextThatStaysEmptyHasAnEndToo() {
        OneTurn turn = textBegunInAGap();
        turn.finds(BUSY, true, stored("msg_2", "", textPart("msg_2", "prt_1", ""), tool("running")))
                .ready();
        turn.finds(IDLE, true, stored("msg_2", "stop", textPart("msg_2", "prt_1", ""), tool("completed")))
                .idle()
                .after(0.4);
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
        assertThat(turn.told(PartFinished.class))
                .extracting(finished -> finished.part().id())
                .containsExactly("prt_1", "prt_2");
    }

    @Test
    void aLookThatFailsOnceDoesNotChangeTheOrder() {
        OneTurn turn = textBegunInAGap();
        turn.server.look = () -> CompletableFuture.failedFuture(new ConnectionException("no", null, null));
        turn.ready().event("message.part.updated", "\"part\":" + tool("running"));
        assertThat(turn.told(PartAdded.class)).isEmpty();
        turn.finds(BUSY, true, stored("msg_2", "", textPart("msg_2", "prt_1", ""), tool("running")))
                .after(0.4);
        textComesFirst(turn);
    }

    @Test
    void aServerThatIsOnlyHeardIsHeardAfterAll() {
        OneTurn turn = OneTurn.answering().gap();
        turn.server.look = CompletableFuture::new;
        turn.ready().delta("prt_1", " world").after(4.9);
        assertThat(turn.told(TextDelta.class)).hasSize(1);
        turn.after(0.1);
        assertThat(turn.told(TextDelta.class)).extracting(TextDelta::text).containsExactly("Hello", " world");
    }

    @Test
    void whatWasToldOfAMessageBeforeItWasKnownDoesNotChangeTheOrder() {
        OneTurn turn = OneTurn.prompted().busy().user("msg_1");
        turn.event("message.part.updated", "\"part\":" + tool("running")).gap();
        turn.finds(BUSY, true, stored("msg_2", "", textPart("msg_2", "prt_1", ""), tool("running")));
        textComesFirst(turn.ready());
    }

    /** The answer to a look may be held up on its way while events are not. */
    @Test
    void aLookThatIsOlderThanTheNewsEndsNothing() {
        CompletableFuture<Snapshot> look = new CompletableFuture<>();
        OneTurn turn = OneTurn.prompted().busy().user("msg_1").gap();
        turn.server.look = () -> look;
        turn.ready().assistant("msg_2", "msg_1").delta("prt_1", "Hel");
        look.complete(new Snapshot(IDLE, true, List.of(), List.of(), List.of(), List.of(), List.of()));
        assertThat(turn.isOver()).isFalse();
        turn.finds(IDLE, true, hello("Hello")).after(0.4);
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
    }

    @Test
    void aLookThatFailsIsRepeatedUntilItSucceeds() {
        OneTurn turn = OneTurn.answering().gap();
        turn.server.look = () -> CompletableFuture.failedFuture(new ConnectionException("no", null, null));
        turn.ready().after(20);
        assertThat(turn.isOver()).isFalse();
        assertThat(turn.server.count("look")).isBetween(4L, 12L);
        turn.finds(IDLE, true, hello("Hello")).after(6);
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
        assertThat(turn.told(Reconnected.class)).hasSize(1);
    }

    @Test
    void aSessionThatIsGoneAfterAGapIsSaidToBe() {
        OneTurn turn = OneTurn.answering().gap();
        turn.server.look = () -> CompletableFuture.failedFuture(new SessionNotFoundException("gone", null, null));
        assertThat(turn.ready().failure()).isInstanceOf(SessionNotFoundException.class);
    }

    @Test
    void aBreakBeforeThePromptWasSentIsNoGapOfTheTurn() {
        CompletableFuture<String> id = new CompletableFuture<>();
        OneTurn slow =
                new OneTurn(OneTurn.options(OneTurn.LIMITS), Prompt.of("Hi"), server -> server.nextId = () -> id);
        slow.connect().gap().after(1).ready();
        id.complete("msg_1");
        slow.busy().user("msg_1").assistant("msg_2", "msg_1").end("Hello");
        assertThat(slow.told(Reconnected.class)).isEmpty();
        assertThat(slow.end()).isInstanceOf(TurnCompleted.class);
    }
}
