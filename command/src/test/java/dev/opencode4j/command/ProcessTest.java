package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import dev.opencode4j.testkit.impostor.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessTest extends ImpostorTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Child run(String... arguments) throws IOException {
        return Child.start(folder, Map.of("OPENCODE_BASE_URL", impostor.url().toString()), arguments);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalAbortsTheTurnAndStillTellsItsEnd(String signal, int code) throws Exception {
        impostor.nextTurn(Answer.script().text("Hello").never());
        try (Child child = run("run", "--json", "Hi")) {
            child.awaitLine("text_delta");
            child.signal(signal);
            List<String> rest = child.rest();
            assertThat(child.exitCode()).isEqualTo(code);
            assertThat(rest.get(rest.size() - 1)).startsWith("{\"type\":\"turn_interrupted\",\"text\":\"Hello\"");
            assertThat(String.join("\n", rest))
                    .containsOnlyOnce("turn_interrupted")
                    .doesNotContain("turn_failed");
            impostor.awaitRequest(RecordedRequest.to("POST", "/session/*/abort"), SOON);
        }
    }

    @Test
    void aServerThatDiesOfTheSameSignalDoesNotHideWhatWasReceived() throws Exception {
        impostor.nextTurn(Answer.script().text("Hello").never());
        impostor.faults().everyResponse(RecordedRequest.to("POST", "/session/*/abort"), Response.never());
        try (Child child = run("run", "--json", "Hi")) {
            child.awaitLine("text_delta");
            child.signal("INT");
            impostor.awaitRequest(RecordedRequest.to("POST", "/session/*/abort"), SOON);
            impostor.goDown();
            List<String> rest = child.rest();
            assertThat(child.exitCode()).isEqualTo(130);
            assertThat(rest.get(rest.size() - 1)).startsWith("{\"type\":\"turn_interrupted\",\"text\":\"Hello\"");
        }
    }

    @Test
    void aSignalBeforeTheTurnTellsItsEndToo() throws Exception {
        impostor.faults().everyResponse(RecordedRequest.to("POST", "/session"), Response.never());
        try (Child child = run("run", "--json", "Hi")) {
            impostor.awaitRequest(RecordedRequest.to("POST", "/session"), SOON);
            child.signal("TERM");
            List<String> all = child.rest();
            assertThat(child.exitCode()).isEqualTo(143);
            assertThat(all).singleElement().asString().startsWith("{\"type\":\"turn_interrupted\"");
        }
    }

    @Test
    void aSignalWithoutJsonSaysThatItWasInterrupted() throws Exception {
        impostor.nextTurn(Answer.script().text("Hello\n").never());
        try (Child child = run("run", "Hi")) {
            child.awaitLine("Hello");
            child.signal("INT");
            assertThat(child.exitCode()).isEqualTo(130);
            assertThat(child.err()).endsWith("✗ interrupted\n");
        }
    }

    /** The question waits for a line that nobody types, and can't be taken back. */
    @Test
    void aSignalWhileAQuestionIsOpenIsShownAndEndsIt() throws Exception {
        impostor.nextTurn(Answer.script().askPermission("bash", "ls").text("Listed."));
        Map<String, String> terminal = Map.of(
                "OPENCODE_BASE_URL", impostor.url().toString(),
                "JAVA_TOOL_OPTIONS", "-Dopencode4j.terminals=02",
                "NO_COLOR", "1");
        try (Child child = Child.start(folder, terminal, "run", "List")) {
            child.awaitErr("[r]eject: ");
            child.signal("INT");
            assertThat(child.exitCode()).isEqualTo(130);
            assertThat(child.err()).contains("[r]eject: \n").endsWith("\n✗ interrupted\n");
        }
    }

    @Test
    void aReaderThatGoesAwayEndsItQuietlyAndAbortsTheTurn() throws Exception {
        impostor.nextTurn(
                Answer.script().text("one\n").hold("head").text("two\n").never());
        try (Child child = run("run", "Hi")) {
            child.awaitLine("one");
            child.hangUp();
            impostor.release("head");
            assertThat(child.exitCode()).isEqualTo(141);
            assertThat(child.err()).hasLineCount(1).startsWith("opencode4j: using ");
            impostor.awaitRequest(RecordedRequest.to("POST", "/session/*/abort"), SOON);
        }
    }

    @Test
    void aReaderThatDoesNotReadDoesNotHoldUpTheEnd() throws Exception {
        impostor.nextTurn(Answer.text("x".repeat(1_000_000)));
        try (Child child = run("run", "Hi")) {
            impostor.awaitRequest(RecordedRequest.prompts(), SOON);
            impostor.awaitIdle(SOON);
            child.signal("TERM");
            assertThat(child.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void anOpenCodeOfTheMachineIsLaunchedAndStopped() throws Exception {
        Path pid = folder.resolve("pid");
        String java = Child.java().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Path program = folder.resolve("opencode");
        Files.writeString(program, "#!/bin/sh\necho $$ >'" + pid + "'\nexec " + java + " impostor --port \"$5\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Child child = Child.start(folder, Map.of("OPENCODE_BIN", program.toString()), "run", "#tool")) {
            List<String> all = child.rest();
            assertThat(child.exitCode()).as("%s", child.err()).isZero();
            assertThat(all).contains("There are two: README.md and pom.xml. (I made that up.)");
            assertThat(child.err()).contains(program + ", launched", "⚙ bash  ls … done");
        }
        long server = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(server).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void theImpostorServesUntilItIsStopped() throws Exception {
        try (Child child = Child.start(folder, Map.of("OPENCODE_SERVER_PASSWORD", "open sesame"), "impostor")) {
            String url = child.line();
            Console console = new Console().with("OPENCODE_BASE_URL", url);
            assertThat(console.run("run", "Hi").code()).isEqualTo(20);
            Console.Result result =
                    console.with("OPENCODE_SERVER_PASSWORD", "open sesame").run("run", "-v", "#think");
            assertThat(result.out()).isEqualTo("That was thinking, and this is the answer.\n");
            assertThat(result.err()).contains("Thinking is shown apart from the answer.");
            child.signal("INT");
            assertThat(child.exitCode()).isEqualTo(130);
            assertThat(child.err()).contains(url).doesNotContain("open sesame");
        }
    }
}
