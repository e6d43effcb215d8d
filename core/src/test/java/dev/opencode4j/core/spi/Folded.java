package dev.opencode4j.core.spi;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.ReasoningDelta;
import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TodosChanged;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.interaction.Question;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.Todo;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolPartBuilder;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A reply builder, what it has passed on, and short words for what agents report. */
final class Folded {

    private final ReplyBuilder builder = new ReplyBuilder(SessionOptions.DEFAULT_REPLY_LIMIT);
    private final List<AgentEvent> told = new ArrayList<>();

    static Folded of(AgentEvent... reports) {
        return of(List.of(reports));
    }

    static Folded of(List<AgentEvent> reports) {
        Folded folded = new Folded();
        reports.forEach(folded::tell);
        return folded;
    }

    /** Applies a report, and returns what was passed on because of it. */
    List<AgentEvent> tell(AgentEvent report) {
        int before = told.size();
        builder.apply(report, told::add);
        return List.copyOf(told.subList(before, told.size()));
    }

    /** Ends the reply, and returns what was passed on because of it. */
    List<AgentEvent> end() {
        int before = told.size();
        builder.end(told::add);
        return List.copyOf(told.subList(before, told.size()));
    }

    List<AgentEvent> told() {
        return List.copyOf(told);
    }

    Reply reply() {
        return builder.snapshot();
    }

    ToolPart tool(int index) {
        return (ToolPart) reply().parts().get(index);
    }

    static TextPart text(String id, String content) {
        return new TextPart(id, "msg_1", Part.UNPLACED, content);
    }

    static ReasoningPart reasoning(String id, String content) {
        return new ReasoningPart(id, "msg_1", Part.UNPLACED, content);
    }

    static ToolPartBuilder call(String id, String tool, ToolStatus status) {
        return ToolPart.builder(id)
                .messageId("msg_1")
                .callId("call_" + id)
                .tool(tool)
                .status(status);
    }

    static PartAdded added(Part part) {
        return new PartAdded(part);
    }

    static PartFinished finished(Part part) {
        return new PartFinished(part);
    }

    static ToolProgressed progressed(ToolPartBuilder tool) {
        return new ToolProgressed(tool.build());
    }

    static TextDelta delta(String id, String text) {
        return new TextDelta(id, Part.UNPLACED, text);
    }

    static ReasoningDelta thought(String id, String text) {
        return new ReasoningDelta(id, Part.UNPLACED, text);
    }

    static StepFinished step(String id, long output, String cost, String reason) {
        return new StepFinished(id, new Usage(0, output, 0, 0, 0), new BigDecimal(cost), reason);
    }

    static TodosChanged todos(String... contents) {
        List<Todo> todos = new ArrayList<>();
        for (String content : contents) todos.add(new Todo(content, "pending", null, null));
        return new TodosChanged(todos);
    }

    static QuestionAsked asked(String requestId, String callId) {
        Question question = new Question("Which colour?", "Colour", List.of(), false);
        return new QuestionAsked(new QuestionRequest(requestId, "ses_1", List.of(question), null, callId));
    }
}
