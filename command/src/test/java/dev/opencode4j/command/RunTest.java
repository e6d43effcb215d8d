package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.command.terminal.Standard;
import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Question;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import dev.opencode4j.testkit.impostor.Response;
import dev.opencode4j.testkit.impostor.ToolCall;
import org.junit.jupiter.api.Test;

class RunTest extends ImpostorTest {

    @Test
    void theAnswerAloneIsOnTheOutput() {
        impostor.nextTurn(Answer.script().reasoning("Hm.").text("Hello ", "world"));
        Console.Result result = console.run("run", "Say", "hello");
        assertThat(result.out()).isEqualTo("Hello world\n");
        assertThat(result.code()).isZero();
        assertThat(impostor.timesRun("Say hello")).isEqualTo(1);
    }

    @Test
    void oneLineSaysWhichOpenCodeAndHowToGetAnotherOne() {
        Console.Result result = console.run("run", "Hi");
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .contains(impostor.url().toString(), "OPENCODE_BASE_URL");
    }

    @Test
    void partsAreSetApartAndToolsAreALineEach() {
        impostor.nextTurn(Answer.script()
                .text("Looking.")
                .tool(ToolCall.of("bash").input("command", "echo hi\necho ho").output("hi"))
                .tool(ToolCall.of("read").input("filePath", "a.txt").fails("no such file"))
                .text("Done."));
        Console.Result result = console.run("run", "Look");
        assertThat(result.out()).isEqualTo("Looking.\n\nDone.\n");
        assertThat(result.err())
                .contains("⚙ bash  echo hi echo ho … done\n")
                .contains("⚙ read  a.txt … failed: no such file\n");
    }

    @Test
    void thoughtsAreForThoseWhoWatch() {
        impostor.otherwise(
                prompt -> Answer.script().reasoning("Let me ", "think.").text("42"));
        assertThat(console.run("run", "Why?").err()).doesNotContain("think");
        assertThat(console.run("run", "-v", "Why?").err()).contains("Let me think.\n");
        assertThat(console.terminals(Standard.ERROR).run("run", "Why?").err()).contains("\u001b[2mthink.\u001b[0m");
        Console.Result plain = console.with("NO_COLOR", "1").run("run", "Why?");
        assertThat(plain.err()).contains("Let me think.\n").doesNotContain("\u001b");
        assertThat(plain.out()).isEqualTo("42\n");
    }

    @Test
    void aTerminalDoesNotObeyTheModel() {
        impostor.otherwise(prompt -> Answer.text("a\u001b[2Jb"));
        assertThat(console.run("run", "Hi").out()).isEqualTo("a\u001b[2Jb\n");
        assertThat(console.terminals(Standard.OUTPUT).run("run", "Hi").out()).isEqualTo("a\uFFFD[2Jb\n");
    }

    @Test
    void thePromptMayComeFromStandardInput() {
        Console.Result result = console.typing("Grüße\naus zwei Zeilen\n").run("run", "-");
        assertThat(result.code()).isZero();
        assertThat(impostor.promptsAccepted())
                .singleElement()
                .satisfies(prompt -> assertThat(prompt.text()).isEqualTo("Grüße\naus zwei Zeilen\n"));
    }

    @Test
    void agentAndModelAreSent() {
        console.run("run", "--agent", "plan", "--model", "scripted/scripted", "Hi");
        assertThat(impostor.promptsAccepted()).singleElement().satisfies(prompt -> {
            assertThat(prompt.body().path("agent").asString()).isEqualTo("plan");
            assertThat(prompt.body().at("/model/providerID").asString()).isEqualTo("scripted");
        });
    }

    @Test
    void aSessionGoesOn() {
        String session = impostor.openSession("Old");
        assertThat(console.run("run", "--session", session, "Hi").code()).isZero();
        assertThat(impostor.promptsAccepted())
                .singleElement()
                .satisfies(prompt -> assertThat(prompt.sessionId()).isEqualTo(session));
    }

    @Test
    void theDirectoryGoesWithEveryRequest() {
        console.run("run", "--dir", "/somewhere", "Hi");
        assertThat(impostor.requests(RecordedRequest.prompts()))
                .singleElement()
                .satisfies(request -> assertThat(request.query()).containsEntry("directory", "/somewhere"));
    }

    @Test
    void permissionsAreRefusedAloudWhereNobodyCanBeAsked() {
        impostor.nextTurn(Answer.script().askPermission("bash", "rm -rf build").text("Gone."));
        Console.Result result = console.run("run", "Clean up");
        assertThat(result.err()).contains("✗ refused: bash rm -rf build", "--permissions");
        assertThat(result.out()).doesNotContain("Gone.");
    }

    @Test
    void theLastLineOfJsonSaysWhatWasRefused() {
        impostor.nextTurn(Answer.script().askPermission("bash", "rm -rf build").text("Gone."));
        Console.Result result = console.run("run", "--json", "Clean up");
        assertThat(LastLineTest.end(result)
                        .at("/rejections/permissions/0/details/command")
                        .asString())
                .isEqualTo("rm -rf build");
        impostor.nextTurn(Answer.text("Nothing to do."));
        assertThat(LastLineTest.end(console.run("run", "--json", "Hi")).has("rejections"))
                .isFalse();
    }

    @Test
    void permissionsAreGivenIfThatIsSaid() {
        impostor.nextTurn(Answer.script().askPermission("bash", "ls").text("Listed."));
        assertThat(console.run("run", "--permissions", "once", "List").out()).isEqualTo("Listed.\n");
    }

    @Test
    void whoeverSitsAtTheTerminalIsAsked() {
        impostor.nextTurn(Answer.script()
                .askPermission("bash", "ls")
                .askQuestion(Question.of("Which colour?", "Red", "Green"))
                .text("Thanks."));
        Console.Result result = console.terminals(Standard.INPUT, Standard.ERROR)
                .typing("what?\no\n2\n")
                .run("run", "Ask me");
        assertThat(result.out()).isEqualTo("Thanks.\n");
        assertThat(result.err())
                .contains("? bash asks to run\n  │ ls\n", "? the agent asks\n  │ Which colour?\n", "  2) Green\n");
        assertThat(impostor.requests(RecordedRequest.to("POST", "/question/*/reply")))
                .singleElement()
                .satisfies(reply -> assertThat(reply.body()).contains("Green"));
    }

    @Test
    void theEndOfTheInputRefuses() {
        impostor.nextTurn(Answer.script().askPermission("bash", "ls").text("Listed."));
        Console.Result result =
                console.terminals(Standard.INPUT, Standard.ERROR).run("run", "List");
        assertThat(result.out()).doesNotContain("Listed.");
    }

    @Test
    void whatWasLostOnTheWayIsMadeUpFor() {
        impostor.faults().drop("message.part.delta");
        impostor.nextTurn(Answer.text("All ", "of ", "it."));
        assertThat(console.run("run", "Hi").out()).isEqualTo("All of it.\n");
    }

    @Test
    void aBrokenProxysPageIsAProtocolError() {
        impostor.faults().everyResponse(RecordedRequest.to("POST", "/session"), Response.webPage());
        Console.Result result = console.run("run", "Hi");
        assertThat(result.code()).isEqualTo(41);
        assertThat(result.err()).contains("✗ ProtocolException: ");
    }

    @Test
    void theDeadlineIsKept() {
        impostor.nextTurn(Answer.never());
        Console.Result result = console.run("run", "--timeout", "300ms", "Hi");
        assertThat(result.code()).isEqualTo(14);
        assertThat(result.err()).contains("DeadlineExceeded");
    }
}
