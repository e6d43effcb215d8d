package dev.opencode4j.core.spi;

import static dev.opencode4j.core.part.ToolStatus.COMPLETED;
import static dev.opencode4j.core.part.ToolStatus.PENDING;
import static dev.opencode4j.core.part.ToolStatus.RUNNING;
import static dev.opencode4j.core.spi.Folded.call;
import static dev.opencode4j.core.spi.Folded.progressed;
import static dev.opencode4j.core.spi.Folded.todos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.part.Json;
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
    void anEventWithoutACallMakesAPartOfItsOwn() { // 7.3.6
        ToolPart made = ToolPart.builder("todo-events:1")
                .index(0)
                .tool("todowrite")
                .status(COMPLETED)
                .input(PLAN)
                .metadata(Json.parse("{\"source\":\"todo.updated\"}"))
                .build();
        assertThat(folded.tell(todos("Plan")))
                .containsExactly(todos("Plan"), new PartAdded(made), new ToolProgressed(made), new PartFinished(made));
        assertThat(PartSource.of(folded.tool(0)).isStreamOnly()).isTrue(); // 11
    }

    @Test
    void theNextEventChangesThatPart() {
        folded.tell(todos("Plan"));
        folded.tell(todos("Rest"));
        assertThat(folded.reply().parts()).hasSize(1);
        assertThat(folded.tool(0).input()).isEqualTo(REST);
    }

    @Test
    void anEventFillsACallWhoseInputIsNotThereYet() { // recorded with 1.18.33: the event comes before "running"
        folded.tell(progressed(call("x", "todowrite", PENDING)));
        folded.tell(todos("Plan"));
        assertThat(folded.reply().parts()).hasSize(1);
        assertThat(folded.tool(0).input()).isEqualTo(PLAN);
        assertThat(folded.tool(0).status()).isEqualTo(PENDING);
    }

    @Test
    void theCallTakesThePlaceOfThePartThatWasMadeUpForIt() { // 7.3 [V], W-R4: both stayed in the list
        folded.tell(todos("Plan"));
        ToolPart real = call("x", "todowrite", PENDING).index(0).input(PLAN).build();
        assertThat(folded.tell(progressed(call("x", "todowrite", PENDING))))
                .containsExactly(new PartAdded(real), new ToolProgressed(real));
        folded.tell(progressed(call("x", "todowrite", COMPLETED).input(REST)));
        assertThat(folded.reply().parts()).hasSize(1);
        assertThat(folded.tool(0).input()).isEqualTo(REST);
        assertThat(PartSource.of(folded.tool(0)).isStreamOnly()).isFalse();
    }

    @Test
    void theMadeUpPartDoesNotComeBack() {
        folded.tell(todos("Plan"));
        ToolPart made = folded.tool(0);
        folded.tell(progressed(call("x", "todowrite", COMPLETED).input(REST)));
        assertThat(folded.tell(new ToolProgressed(made))).isEmpty();
        assertThat(folded.tool(0).id()).isEqualTo("x");
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
        assertThat(folded.reply().parts()).extracting(part -> part.id()).containsExactly("todo-events:1", "y");
    }
}
