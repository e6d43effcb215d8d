package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TodosChanged;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.Todo;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.reply.Usage;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each script of the model, through a turn of ours: what was streamed is what is stored. */
@EachRealVersion
class ScriptsTest extends RigTest {

    private static final Json SCHEMA =
            Json.parse("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}},\"required\":[\"a\"]}");

    private final List<AgentEvent> events = new ArrayList<>();

    ScriptsTest(RealOpenCode server, ScriptedModel model) {
        super(server, model);
    }

    private Reply run(String words) {
        return run(Prompt.builder(words));
    }

    /** Runs a turn in a session of its own, and holds what it says against what is stored. */
    private Reply run(Prompt.Builder prompt) {
        try (AgentSession session = rig.open(options -> options.permissions(PermissionPolicy.once())
                .questions(QuestionPolicy.asking(request -> QuestionReply.of("Red"))))) {
            return run(session, prompt);
        }
    }

    private Reply run(AgentSession session, Prompt.Builder prompt) {
        events.clear();
        TurnResult result = session.run(prompt.build(), events::add);
        assertThat(events.get(0)).isEqualTo(new TurnStarted(session.id(), result.messageId()));
        assertThat(events.get(events.size() - 1)).isEqualTo(new TurnCompleted(result));
        StoredTurn.equalsReply(rig.client(), result);
        return result.reply();
    }

    private <T extends AgentEvent> List<T> told(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Every step of the scripted model costs the same. 1.2.27 counts, and charges, reasoning as output too. */
    private void finished(Reply reply, String finish, int steps) {
        boolean twice = version.isBefore("1.15");
        assertThat(reply.finish()).isEqualTo(finish);
        assertThat(reply.usage())
                .isEqualTo(new Usage(90L * steps, (twice ? 20L : 15L) * steps, 5L * steps, 10L * steps, 0));
        assertThat(reply.cost())
                .isEqualByComparingTo(
                        new BigDecimal(twice ? "0.000141" : "0.000131").multiply(BigDecimal.valueOf(steps)));
    }

    @Test
    void text() {
        Reply reply = run("#echo " + "x".repeat(10));
        assertThat(reply.text()).isEqualTo("You said: #echo xxxxxxxxxx");
        assertThat(told(TextDelta.class)).hasSizeGreaterThan(2);
        finished(reply, "stop", 1);
    }

    @Test
    void longTexts() {
        assertThat(run("#words=500").text()).startsWith("word0 word1 ").contains("word498 word499");
        assertThat(run("#long=200").text()).startsWith("word0 word1 ").contains("word198 word199");
        assertThat(run("#delay=300").text()).isEqualTo("You said: #delay=300");
    }

    @Test
    void reasoning() {
        Reply reply = run("#reason");
        assertThat(reply.reasoning()).isEqualTo("Let me think.");
        assertThat(reply.text()).isEqualTo("The answer is 42.");
        finished(reply, "stop", 1);
    }

    @Test
    void allLengthsOfCharacters() {
        assertThat(run("#utf8").text()).isEqualTo("héllo 🌍 日本語 𝕏");
    }

    @Test
    void noTextAtAll() {
        Reply reply = run("#empty");
        assertThat(reply.parts()).isEmpty();
        assertThat(reply.text()).isEmpty();
        finished(reply, "stop", 1);
    }

    @Test
    void anAnswerThatIsCutOff() {
        OutputLimitException failure = catchThrowableOfType(OutputLimitException.class, () -> run("#length"));
        assertThat(failure.partialText()).isEqualTo("cut off");
        finished(failure.partial().orElseThrow().reply(), "length", 1);
    }

    @Test
    void aCommand() {
        Reply reply = run("#bash");
        assertThat(reply.text().lines().map(String::strip))
                .containsExactly("Calling bash.", "", "All done after 1 tools.");
        ToolPart tool = onlyTool(reply, "bash");
        assertThat(tool.output()).contains("hi from bash").contains("done");
        assertThat(tool.title()).isIn("Echo", "echo hi from bash; sleep 0.2; echo done"); // The latter on 1.18.33.
        finished(reply, "stop", 2);
    }

    @Test
    void aFile() {
        Reply reply = run("#write");
        assertThat(onlyTool(reply, "write").input().node().path("filePath").asString())
                .isEqualTo("hello.txt");
        finished(reply, "stop", 2);
    }

    @Test
    void severalCommands() {
        Reply reply = run("#multi");
        assertThat(reply.tools())
                .extracting(tool -> tool.input().node().path("command").asString())
                .containsExactly("echo one", "echo two", "exit 3");
        assertThat(reply.finishedTools()).hasSize(3);
        finished(reply, "stop", 4);
    }

    @Test
    void aLargeOutput() {
        runsOneTool("#big", "bash", "truncated");
    }

    @Test
    void todos() {
        Reply reply = run("#todo");
        assertThat(reply.todos()).extracting(Todo::status).containsExactly("completed", "completed");
        assertThat(told(TodosChanged.class)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(reply.tools()).hasSize(2);
        finished(reply, "stop", 3);
    }

    @Test
    void aQuestion() {
        runsOneTool("#question", "question", "Red");
    }

    @Test
    void subAgents() {
        runsOneTool("#task", "task", "You said: do the sub work");
        runsOneTool("#task=bash", "task", "All done after 1 tools.");
    }

    @Test
    void aToolThatDoesNotExist() {
        ToolPart tool = onlyTool(run("#badtool"), "nosuchtool");
        assertThat(tool.output()).contains("nosuchtool");
    }

    @Test
    void structuredOutputThenAnotherPrompt() {
        try (AgentSession session = rig.open()) {
            Reply structured = run(session, Prompt.builder("#structured").schema(SCHEMA));
            assertThat(structured.structured()).isEqualTo(Json.parse("{\"a\":42}"));
            finished(structured, "tool-calls", 1);

            Reply next = run(session, Prompt.builder("#echo after"));
            assertThat(next.text()).isEqualTo("You said: #echo after");
            assertThat(next.structured()).isNull();
            finished(next, "stop", 1);
        }
    }

    @Test
    void eachPromptRunsOnce() {
        String marker = Rig.marker("once");
        run("#multi " + marker);
        assertThat(model.timesRun(marker)).isEqualTo(1);
    }

    /** The model calls a tool, which completes, and answers. */
    private void runsOneTool(String prompt, String tool, String output) {
        Reply reply = run(prompt);
        assertThat(onlyTool(reply, tool).output()).contains(output);
        finished(reply, "stop", 2);
    }

    private static ToolPart onlyTool(Reply reply, String name) {
        assertThat(reply.tools()).extracting(ToolPart::tool).containsExactly(name);
        ToolPart tool = reply.tools().get(0);
        assertThat(tool.status()).isEqualTo(ToolStatus.COMPLETED);
        return tool;
    }
}
