package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.command.terminal.Standard;
import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchCommandTest {

    @TempDir
    private Path folder;

    private Impostor impostor;
    private Console console;

    @BeforeEach
    void start() {
        impostor = Impostor.start();
        impostor.otherwise(prompt -> Answer.text("echo " + prompt.text()));
        console = Console.of(impostor);
    }

    @AfterEach
    void stop() {
        impostor.close();
    }

    private String file(String... lines) throws IOException {
        Path file = folder.resolve("prompts.jsonl");
        Files.write(file, List.of(lines));
        return file.toString();
    }

    private String out() {
        return folder.resolve("results.jsonl").toString();
    }

    private List<String> results() throws IOException {
        return Files.readAllLines(Path.of(out()));
    }

    private static String line(int number) {
        return "{\"id\":\"p" + number + "\",\"prompt\":\"say " + number + "\"}";
    }

    @Test
    void eachPromptHasALineAndTheOutputHasNothing() throws IOException {
        Console.Result result = console.run("batch", file(line(1), line(2), line(3)), "--out", out());
        assertThat(result.code()).as("%s", result.err()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(results())
                .hasSize(3)
                .anySatisfy(
                        line -> assertThat(line)
                                .startsWith(
                                        "{\"id\":\"p2\",\"status\":\"completed\",\"text\":\"echo say 2\",\"usage\":{\"input\":"));
        assertThat(result.err()).contains("batch: 3 completed, 0 failed", "results in " + out());
    }

    @Test
    void optionsReachTheAgent() throws IOException {
        console.run(
                "batch",
                file("{\"id\":\"1\",\"prompt\":\"a\"}", "{\"id\":\"2\",\"prompt\":\"b\",\"agent\":\"build\"}"),
                "--out=" + out(),
                "--agent=plan",
                "--model=scripted/scripted",
                "--parallel=1",
                "--per-provider=1",
                "--dir=/somewhere");
        assertThat(impostor.promptsAccepted())
                .extracting(prompt -> prompt.body().path("agent").asString())
                .containsExactly("plan", "build");
        assertThat(impostor.promptsAccepted())
                .allSatisfy(prompt -> assertThat(
                                prompt.body().at("/model/providerID").asString())
                        .isEqualTo("scripted"));
        assertThat(impostor.requests(RecordedRequest.prompts()))
                .allSatisfy(request -> assertThat(request.query()).containsEntry("directory", "/somewhere"));
    }

    @Test
    void badLinesAndFailuresAreToldAndTheCodeSaysSo() throws IOException {
        impostor.otherwise(prompt ->
                prompt.text().endsWith("3") ? Answer.error("ProviderAuthError", "no key") : Answer.text("fine"));
        Console.Result result = console.run("batch", file(line(1), "{}", line(3)), "--out", out());
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("✗ line 2: id: is missing", "✗ p3: AuthenticationException", "1 bad lines");
        assertThat(results()).hasSize(2);
    }

    @Test
    void aBadLineMayStopIt() throws IOException {
        Console.Result result =
                console.run("batch", file(line(1), "{}", line(3)), "--out", out(), "--bad-lines", "stop");
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("stopped at a line");
        assertThat(results()).hasSize(1);
    }

    @Test
    void oldResultsAreGoneOnWithIfThatIsSaid() throws IOException {
        console.run("batch", file(line(1)), "--out", out());
        int requests = impostor.requests().size();
        Console.Result refused = console.run("batch", file(line(1), line(2)), "--out", out());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--resume");
        assertThat(impostor.requests()).hasSize(requests);
        Console.Result resumed = console.run("batch", file(line(1), line(2)), "--out", out(), "--resume");
        assertThat(resumed.code()).isZero();
        assertThat(resumed.err()).contains("1 completed", "1 finished before");
        assertThat(results()).hasSize(2);
        assertThat(impostor.timesRun("say 1")).isEqualTo(1);
    }

    @Test
    void promptsMayComeFromStandardInput() throws IOException {
        Console.Result result = console.typing(line(1) + '\n' + line(2)).run("batch", "-", "--out", out());
        assertThat(result.code()).isZero();
        assertThat(results()).hasSize(2);
    }

    @Test
    void aTerminalSeesABarThatFits() throws IOException {
        Console.Result result = console.terminals(Standard.ERROR)
                .with("COLUMNS", "70")
                .run("batch", file(line(1), "{}", line(2)), "--out", out());
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("3/3", "100%", "$0.", "\r\u001b[K✗ line 2");
        assertThat(result.err().split("\r|\n"))
                .filteredOn(line -> line.contains("%"))
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(line.replace("\u001b[K", "").length()).isLessThan(70));
        assertThat(result.err()).contains("\nbatch: 2 completed");
    }

    @ParameterizedTest
    @CsvSource({
        "--parallel=0, parallel",
        "--per-provider=0, --per-provider",
        "--retries=1 --rerun=1, --rerun",
        "--retries=-1, retries",
        "--via=post, --via",
        "--permissions=ask, --permissions",
        "--bad-lines=eat, --bad-lines"
    })
    void nonsenseIsRefusedBeforeAnythingIsSent(String arguments, String named) throws IOException {
        String[] all = ("batch " + file(line(1)) + " --out " + out() + ' ' + arguments).split(" ");
        Console.Result result = console.run(all);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(named);
        assertThat(impostor.promptsAccepted()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Console.Result result = console.run("batch", folder + "/nothing", "--out", out());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("nothing");
        assertThat(console.run("batch", "-", "--out", folder + "/no/results").code())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalStopsItAndTheRestIsRunLater(String signal, int code) throws Exception {
        impostor.nextTurn(Answer.script().text("Hm").never());
        String prompts = file(line(1), line(2), line(3));
        Map<String, String> environment =
                Map.of("OPENCODE_BASE_URL", impostor.url().toString());
        try (Child child = Child.start(folder, environment, "batch", prompts, "--out", out(), "--parallel", "1")) {
            impostor.awaitRequest(RecordedRequest.prompts(), Duration.ofSeconds(60));
            child.signal(signal);
            assertThat(child.exitCode()).as("%s", child.err()).isEqualTo(code);
            assertThat(child.err()).contains("0 completed", "--resume");
        }
        assertThat(results()).isEmpty();
        Console.Result resumed = console.run("batch", prompts, "--out", out(), "--resume");
        assertThat(resumed.code()).as("%s", resumed.err()).isZero();
        assertThat(results()).hasSize(3);
        assertThat(impostor.timesRun("say 2")).isEqualTo(1);
    }
}
