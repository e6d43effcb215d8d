package dev.opencode4j.core.spi;

import static dev.opencode4j.core.part.ToolStatus.COMPLETED;
import static dev.opencode4j.core.part.ToolStatus.PENDING;
import static dev.opencode4j.core.part.ToolStatus.RUNNING;
import static dev.opencode4j.core.spi.Folded.asked;
import static dev.opencode4j.core.spi.Folded.call;
import static dev.opencode4j.core.spi.Folded.delta;
import static dev.opencode4j.core.spi.Folded.finished;
import static dev.opencode4j.core.spi.Folded.progressed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.ToolPart;
import org.junit.jupiter.api.Test;

class ReplyToolsTest {

    private final Folded folded = new Folded();

    @Test
    void theFirstSightOfACallAddsItAndTellsHowFarItIs() { // 7.2
        ToolPart placed = call("x", "bash", PENDING).index(0).build();
        assertThat(folded.tell(progressed(call("x", "bash", PENDING))))
                .containsExactly(new PartAdded(placed), new ToolProgressed(placed));
    }

    @Test
    void aCallThatIsFirstSeenAtItsEndIsToldAsFinishedToo() {
        ToolPart placed = call("x", "bash", COMPLETED).index(0).build();
        assertThat(folded.tell(finished(call("x", "bash", COMPLETED).build())))
                .containsExactly(new PartAdded(placed), new ToolProgressed(placed), new PartFinished(placed));
    }

    @Test
    void aReportThatSaysNothingNewIsNotTold() {
        folded.tell(progressed(call("x", "bash", RUNNING).title("Tests")));
        assertThat(folded.tell(progressed(call("x", "bash", RUNNING)))).isEmpty();
        assertThat(folded.tell(progressed(call("x", "bash", PENDING)))).isEmpty();
    }

    @Test
    void aCallThatIsOverStaysOver() { // 9 [V], W-R3: a later "running" overwrote "completed"
        folded.tell(progressed(call("x", "bash", COMPLETED).output("ok")));
        assertThat(folded.tell(progressed(call("x", "bash", RUNNING).title("again"))))
                .isEmpty();
        assertThat(folded.tool(0).status()).isEqualTo(COMPLETED);
        assertThat(folded.tool(0).title()).isNull();
    }

    @Test
    void theCalledNameOutlivesTheRenameToInvalid() { // 9 [V]; recorded with 1.18.33
        Json input = Json.parse("{\"tool\":\"nosuchtool\",\"error\":\"unavailable\"}");
        folded.tell(progressed(call("x", "nosuchtool", PENDING)));
        folded.tell(progressed(call("x", "invalid", COMPLETED).input(input)));
        assertThat(folded.tool(0).tool()).isEqualTo("nosuchtool");
    }

    @Test
    void theCalledNameIsReadFromTheInputIfTheFirstReportSaysInvalid() { // 9 [V]: "invalid" was stored
        Json input = Json.parse("{\"tool\":\"nosuchtool\",\"error\":\"unavailable\"}");
        folded.tell(progressed(call("x", "invalid", RUNNING).input(input)));
        assertThat(folded.tool(0).tool()).isEqualTo("nosuchtool");
    }

    @Test
    void aQuestionFindsTheCallThatWaitsForIt() { // 7.4
        folded.tell(progressed(call("x", "question", RUNNING)));
        ToolPart waiting =
                call("x", "question", RUNNING).index(0).requestId("que_1").build();
        assertThat(folded.tell(asked("que_1", "call_x")))
                .containsExactly(asked("que_1", "call_x"), new ToolProgressed(waiting));
    }

    @Test
    void aCallFindsTheQuestionThatCameBeforeIt() { // 7.4: order race
        assertThat(folded.tell(asked("que_1", "call_x"))).containsExactly(asked("que_1", "call_x"));
        folded.tell(progressed(call("x", "question", RUNNING)));
        assertThat(folded.tool(0).requestId()).isEqualTo("que_1");
    }

    @Test
    void aQuestionIsTiedToItsCallOnce() { // 7.4 [V]: it was merged at once and again on the next update
        folded.tell(progressed(call("x", "question", RUNNING)));
        folded.tell(asked("que_1", "call_x"));
        assertThat(folded.tell(progressed(call("x", "question", RUNNING)))).isEmpty();
        assertThat(folded.tell(asked("que_1", "call_x"))).containsExactly(asked("que_1", "call_x"));
    }

    @Test
    void theQuestionOutlivesANewInput() { // 7.4 [V], W-R5: a later input overwrote the question's ids
        folded.tell(progressed(call("x", "question", PENDING)));
        folded.tell(asked("que_1", "call_x"));
        Json input = Json.parse("{\"questions\":[]}");
        folded.tell(progressed(call("x", "question", COMPLETED).input(input)));
        assertThat(folded.tool(0).requestId()).isEqualTo("que_1");
        assertThat(folded.tool(0).input()).isEqualTo(input);
    }

    @Test
    void aCallIdThatIsUsedAgainGetsItsOwnQuestion() {
        folded.tell(progressed(call("x", "question", RUNNING).callId("call_0")));
        folded.tell(asked("que_1", "call_0"));
        folded.tell(progressed(call("x", "question", COMPLETED).callId("call_0")));
        folded.tell(asked("que_2", "call_0"));
        folded.tell(progressed(call("x", "question", COMPLETED).callId("call_0").title("late")));
        folded.tell(progressed(call("y", "question", RUNNING).callId("call_0")));
        assertThat(folded.tool(0).requestId()).isEqualTo("que_1");
        assertThat(folded.tool(1).requestId()).isEqualTo("que_2");
    }

    @Test
    void aQuestionOfNoCallIsPassedOnAlone() {
        folded.tell(progressed(call("x", "question", RUNNING).callId("")));
        assertThat(folded.tell(asked("que_1", ""))).containsExactly(asked("que_1", ""));
    }

    @Test
    void callsAndTextsKeepTheOrderInWhichTheyWereFirstSeen() {
        folded.tell(delta("t1", "First."));
        folded.tell(progressed(call("x", "bash", PENDING)));
        folded.tell(delta("t2", "Then."));
        folded.tell(progressed(call("x", "bash", COMPLETED)));
        assertThat(folded.reply().parts()).extracting(part -> part.id()).containsExactly("t1", "x", "t2");
        assertThat(folded.reply().parts()).extracting(part -> part.index()).containsExactly(0, 1, 2);
    }
}
