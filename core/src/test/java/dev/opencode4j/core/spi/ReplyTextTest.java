package dev.opencode4j.core.spi;

import static dev.opencode4j.core.spi.Folded.added;
import static dev.opencode4j.core.spi.Folded.call;
import static dev.opencode4j.core.spi.Folded.delta;
import static dev.opencode4j.core.spi.Folded.finished;
import static dev.opencode4j.core.spi.Folded.progressed;
import static dev.opencode4j.core.spi.Folded.reasoning;
import static dev.opencode4j.core.spi.Folded.text;
import static dev.opencode4j.core.spi.Folded.thought;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.part.FilePart;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.core.part.UnknownPart;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ReplyTextTest {

    private final Folded folded = new Folded();

    @Test
    void anEmptyTextThatHasAnIndexHasItsPlaceBeforeItSaysAnything() {
        TextPart placed = text("t", "").at(7);
        assertThat(folded.tell(added(placed))).containsExactly(new PartAdded(placed.at(0)));
        assertThat(folded.tell(added(placed))).isEmpty();
        folded.tell(progressed(call("c", "bash", ToolStatus.RUNNING)));
        folded.tell(delta("t", "Hello"));
        assertThat(folded.reply().parts()).extracting(Part::id).containsExactly("t", "c");
        assertThat(folded.reply().text()).isEqualTo("Hello");
    }

    @Test
    void aPlacedTextThatStaysEmptyIsFinishedOnce() {
        TextPart placed = text("t", "").at(0);
        folded.tell(added(placed));
        assertThat(folded.tell(finished(text("t", "")))).containsExactly(new PartFinished(placed));
        assertThat(folded.tell(finished(text("t", "")))).isEmpty();
    }

    @Test
    void aPartIsAddedWithItsFirstDeltaAndGrowsWithTheNext() {
        folded.tell(added(text("t", "")));
        assertThat(folded.tell(delta("t", "Hel")))
                .containsExactly(new PartAdded(new TextPart("t", "msg_1", 0, "")), new TextDelta("t", 0, "Hel"));
        assertThat(folded.tell(delta("t", "lo"))).containsExactly(new TextDelta("t", 0, "lo"));
        assertThat(folded.reply().text()).isEqualTo("Hello");
    }

    @Test
    void aPartThatIsAnnouncedAndStaysEmptyIsNoPart() {
        assertThat(folded.tell(added(text("t", "")))).isEmpty();
        assertThat(folded.tell(finished(text("t", "")))).isEmpty();
        assertThat(folded.reply().parts()).isEmpty();
    }

    @Test
    void anEmptyDeltaSaysNothing() {
        assertThat(folded.tell(delta("t", ""))).isEmpty();
        assertThat(folded.reply().parts()).isEmpty();
    }

    @Test
    void aDeltaOfAPartThatWasNeverAnnouncedMakesThePart() { // 7.2
        folded.tell(thought("r", "Hmm"));
        folded.tell(delta("t", "Yes"));
        assertThat(folded.reply().parts())
                .containsExactly(new ReasoningPart("r", "", 0, "Hmm"), new TextPart("t", "", 1, "Yes"));
    }

    @Test
    void deltasOfOneIdMakeOnePart() { // 7.2 [V], W-R7: deltas without a part made a new part each time
        folded.tell(delta("", "a"));
        folded.tell(delta("", "b"));
        assertThat(folded.reply().parts()).containsExactly(new TextPart("", "", 0, "ab"));
    }

    @Test
    void theTailThatTheDeltasLackIsToldAsADeltaBeforeTheEnd() { // 7.2: some providers drop trailing deltas
        folded.tell(delta("t", "Hello, "));
        assertThat(folded.tell(finished(text("t", "Hello, world"))))
                .containsExactly(
                        new TextDelta("t", 0, "world"),
                        new PartFinished(new TextPart("t", "msg_1", 0, "Hello, world")));
    }

    @Test
    void aTextThatCameWithoutDeltasIsToldAsOne() { // 7.2: a one-shot part
        assertThat(folded.tell(finished(text("t", "All at once"))))
                .containsExactly(
                        new PartAdded(new TextPart("t", "msg_1", 0, "")),
                        new TextDelta("t", 0, "All at once"),
                        new PartFinished(new TextPart("t", "msg_1", 0, "All at once")));
    }

    @Test
    void aFinalTextThatIsShorterWins() { // 1.2.27 trims trailing blanks
        folded.tell(delta("t", "Hello \n"));
        assertThat(folded.tell(finished(text("t", "Hello"))))
                .containsExactly(new PartFinished(new TextPart("t", "msg_1", 0, "Hello")));
        assertThat(folded.reply().text()).isEqualTo("Hello");
    }

    @Test
    void aFinalTextThatDiffersWinsWithoutAnInventedDelta() {
        folded.tell(delta("t", "Hxllo"));
        assertThat(folded.tell(finished(text("t", "Hello, world"))))
                .containsExactly(new PartFinished(new TextPart("t", "msg_1", 0, "Hello, world")));
    }

    @Test
    void aBlankFinalTextSaysNothing() { // 7.2 reconcile
        folded.tell(delta("t", "Hello"));
        assertThat(folded.tell(finished(text("t", " \n")))).isEmpty();
        assertThat(folded.reply().text()).isEqualTo("Hello");
    }

    @Test
    void theEndIsToldEvenIfTheDeltasHadEverything() { // 8: so that throttled renderers flush
        folded.tell(delta("t", "Hello"));
        assertThat(folded.tell(finished(text("t", "Hello"))))
                .containsExactly(new PartFinished(new TextPart("t", "msg_1", 0, "Hello")));
    }

    @Test
    void whatComesAfterTheEndAgainIsNotTold() { // W-R9: a replayed delta was appended twice
        folded.tell(delta("t", "Hello"));
        folded.tell(finished(text("t", "Hello")));
        assertThat(folded.tell(delta("t", "lo"))).isEmpty();
        assertThat(folded.tell(added(text("t", "Hello")))).isEmpty();
        assertThat(folded.tell(finished(text("t", "Hello")))).isEmpty();
        assertThat(folded.reply().text()).isEqualTo("Hello");
    }

    @Test
    void aLaterFinalTextReplacesTheEarlierOne() {
        folded.tell(finished(text("t", "Hello")));
        assertThat(folded.tell(finished(text("t", "Hello, world"))))
                .containsExactly(new PartFinished(new TextPart("t", "msg_1", 0, "Hello, world")));
    }

    @Test
    void aPartThatTurnsOutToBeReasoningIsCorrected() { // 7.2 [V]: it stayed text
        folded.tell(delta("p", "Hmm"));
        assertThat(folded.tell(finished(reasoning("p", "Hmm"))))
                .containsExactly(new PartFinished(new ReasoningPart("p", "msg_1", 0, "Hmm")));
        assertThat(folded.reply().text()).isEmpty();
        assertThat(folded.reply().reasoning()).isEqualTo("Hmm");
    }

    @Test
    void anAnnouncementTellsTheTypeOfDeltasThatDoNot() {
        folded.tell(added(reasoning("p", "")));
        folded.tell(delta("p", "Hmm"));
        assertThat(folded.reply().reasoning()).isEqualTo("Hmm");
    }

    @Test
    void aReportInBetweenFillsWhatAGapLeftOut() {
        folded.tell(delta("t", "Hel"));
        assertThat(folded.tell(added(text("t", "Hello")))).containsExactly(new TextDelta("t", 0, "lo"));
        assertThat(folded.tell(added(text("t", "Hell")))).isEmpty();
        assertThat(folded.tell(added(text("t", "Something else")))).isEmpty();
        assertThat(folded.reply().text()).isEqualTo("Hello");
    }

    @Test
    void aTextUnderTheIdOfAToolCallIsIgnored() {
        folded.tell(progressed(call("x", "bash", ToolStatus.RUNNING)));
        assertThat(folded.tell(delta("x", "boo"))).isEmpty();
        assertThat(folded.tell(added(text("x", "boo")))).isEmpty();
        assertThat(folded.tell(finished(text("x", "boo")))).isEmpty();
        folded.tell(delta("t", "boo"));
        assertThat(folded.tell(progressed(call("t", "bash", ToolStatus.RUNNING))))
                .isEmpty();
        assertThat(folded.tell(finished(new UnknownPart("t", "", Part.UNPLACED, "patch", Json.EMPTY))))
                .isEmpty();
        assertThat(folded.reply().parts()).hasSize(2);
    }

    @Test
    void filesAndUnknownPartsKeepTheirPlace() {
        FilePart file = new FilePart("f", "msg_1", Part.UNPLACED, "text/plain", "a.txt", URI.create("data:,a"));
        UnknownPart patch = new UnknownPart("u", "msg_1", Part.UNPLACED, "patch", Json.parse("{\"n\":1}"));
        assertThat(folded.tell(added(file))).containsExactly(new PartAdded(file.at(0)));
        assertThat(folded.tell(finished(patch)))
                .containsExactly(new PartAdded(patch.at(1)), new PartFinished(patch.at(1)));
        assertThat(folded.tell(finished(file))).containsExactly(new PartFinished(file.at(0)));
        assertThat(folded.tell(finished(file))).isEmpty();
        assertThat(folded.reply().parts()).containsExactly(file.at(0), patch.at(1));
    }

    @Test
    void aChangedPartOfAnUnknownTypeIsNotLost() {
        folded.tell(added(new UnknownPart("u", "msg_1", Part.UNPLACED, "patch", Json.parse("{\"n\":1}"))));
        UnknownPart later = new UnknownPart("u", "msg_1", Part.UNPLACED, "patch", Json.parse("{\"n\":2}"));
        assertThat(folded.tell(added(later))).containsExactly(new PartFinished(later.at(0)));
        assertThat(folded.reply().parts()).containsExactly(later.at(0));
    }
}
