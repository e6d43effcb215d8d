package dev.opencode4j.core.spi;

import static dev.opencode4j.core.part.ToolStatus.COMPLETED;
import static dev.opencode4j.core.part.ToolStatus.PENDING;
import static dev.opencode4j.core.part.ToolStatus.RUNNING;
import static dev.opencode4j.core.spi.Folded.call;
import static dev.opencode4j.core.spi.Folded.finished;
import static dev.opencode4j.core.spi.Folded.progressed;
import static dev.opencode4j.core.spi.Folded.text;
import static dev.opencode4j.core.spi.Folded.todos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.PartSource;
import dev.opencode4j.core.part.Todo;
import dev.opencode4j.core.part.ToolPart;
import org.junit.jupiter.api.Test;

class ReplyTodosTest {

    private static final Json PLAN = Json.parse("{\"todos\":[{\"content\":\"Plan\",\"status\":\"pending\"}]}");
    private static final Json REST = Json.parse("{\"todos\":[{\"content\":\"Rest\",\"status\":\"pending\"}]}");

    private final Folded folded = new Folded();

    @Test
    void theListIsThereWhateverTheCallsSay() {
        folded.tell(progressed(call("x", "todowrite", RUNNING).input(PLAN)));
        folded.tell(todos("Rest"));
        assertThat(folded.reply().todos()).containsExactly(new Todo("Rest", "pending", null, null));
        assertThat(folded.tool(0).input()).isEqualTo(PLAN);
    }

    @Test
    void anEventWithoutACallMakesAPartOfItsOwnAtTheEnd() { // 7.3.6
        ToolPart made = ToolPart.builder("todo-events:1")
                .index(1)
                .tool("todowrite")
                .status(COMPLETED)
                .input(REST)
                .metadata(Json.parse("{\"source\":\"todo.updated\"}"))
                .build();
        assertThat(folded.tell(todos("Plan"))).containsExactly(todos("Plan"));
        assertThat(folded.reply().todos()).hasSize(1);
        folded.tell(finished(text("a", "The plan.")));
        assertThat(folded.tell(todos("Rest"))).containsExactly(todos("Rest"));
        assertThat(folded.reply().parts()).hasSize(1);
        assertThat(folded.end()).containsExactly(new PartAdded(made), new ToolProgressed(made), new PartFinished(made));
        assertThat(PartSource.of(folded.tool(1)).isStreamOnly()).isTrue(); // 11
    }

    @Test
    void anEventFillsACallWhoseInputIsNotThereYet() { // recorded with 1.18.33: the event comes before "running"
        folded.tell(progressed(call("x", "todowrite", PENDING)));
        folded.tell(todos("Plan"));
        assertThat(folded.reply().parts()).hasSize(1);
        assertThat(folded.tool(0).input()).isEqualTo(PLAN);
        assertThat(folded.tool(0).status()).isEqualTo(PENDING);
    }

    /** Seen of 1.2.27 in a git repository: the list, the step, its text, the call. */
    @Test
    void anEventThatComesBeforeItsStepLeavesThePartsInTheirOrder() { // 7.3 [V], W-R4: both stayed in the list
        folded.tell(todos("Plan"));
        folded.tell(finished(text("a", "The plan.")));
        folded.tell(progressed(call("x", "todowrite", PENDING)));
        folded.tell(progressed(call("x", "todowrite", COMPLETED).input(PLAN)));
        assertThat(folded.end()).isEmpty();
        assertThat(folded.reply().parts()).extracting(Part::id).containsExactly("a", "x");
        assertThat(folded.tool(1).input()).isEqualTo(PLAN);
        assertThat(PartSource.of(folded.tool(1)).isStreamOnly()).isFalse();
        assertThat(folded.reply().todos()).hasSize(1);
    }

    @Test
    void aReplyWithoutAListEndsAsItIs() {
        folded.tell(finished(text("a", "No plan.")));
        assertThat(folded.end()).isEmpty();
    }

    @Test
    void laterEventsGoToTheLatestCall() { // 7.3.4
        folded.tell(progressed(call("x", "todowrite", COMPLETED).input(PLAN)));
        folded.tell(progressed(call("y", "todoread", RUNNING)));
        folded.tell(todos("Rest"));
        assertThat(folded.tool(0).input()).isEqualTo(PLAN);
        assertThat(folded.tool(1).input()).isEqualTo(REST);
    }

    @Test
    void readingTheListIsNotWritingIt() {
        folded.tell(todos("Plan"));
        folded.tell(progressed(call("y", "todoread", RUNNING)));
        folded.end();
        assertThat(folded.reply().parts()).extracting(Part::id).containsExactly("y", "todo-events:1");
    }
}
