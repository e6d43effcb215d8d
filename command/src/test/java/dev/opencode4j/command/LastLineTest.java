package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import dev.opencode4j.testkit.impostor.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With {@code --json} the output is lines of JSON, and exactly one of them, the last, is the end. */
class LastLineTest extends ImpostorTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** The last line, after a look at all of them. */
    static JsonNode end(Console.Result result) {
        List<JsonNode> lines = result.lines().stream().map(MAPPER::readTree).toList();
        List<String> types =
                lines.stream().map(line -> line.path("type").asString()).toList();
        List<String> ends = List.of("turn_completed", "turn_failed", "turn_interrupted");
        assertThat(types).isNotEmpty();
        assertThat(types.subList(0, types.size() - 1)).doesNotContainAnyElementsOf(ends);
        assertThat(types.get(types.size() - 1)).isIn(ends);
        JsonNode last = lines.get(lines.size() - 1);
        assertThat(List.of("text", "usage", "cost", "sessionId", "messageId")).allMatch(last::has);
        return last;
    }

    private JsonNode failure(Console.Result result, String error, int code) {
        JsonNode end = end(result);
        assertThat(end.path("type").asString()).isEqualTo("turn_failed");
        assertThat(end.at("/error/class").asString()).isEqualTo(error);
        assertThat(end.at("/error/message").asString()).isNotBlank();
        assertThat(result.code()).isEqualTo(code);
        return end;
    }

    @Test
    void anAnswer() {
        impostor.nextTurn(Answer.text("Hello ", "world"));
        Console.Result result = console.run("run", "--json", "Hi");
        JsonNode end = end(result);
        assertThat(end.path("type").asString()).isEqualTo("turn_completed");
        assertThat(end.path("text").asString()).isEqualTo("Hello world");
        assertThat(end.path("sessionId").asString()).startsWith("ses_");
        assertThat(end.path("messageId").asString()).startsWith("msg_");
        assertThat(end.at("/usage/output").asInt()).isPositive();
        assertThat(result.out()).contains("{\"type\":\"text_delta\",");
        assertThat(result.code()).isZero();
    }

    @Test
    void aFailureInTheMiddleKeepsWhatWasReceived() {
        impostor.nextTurn(Answer.script().text("Hello").fail("UnknownError", Map.of("message", "boom")));
        JsonNode end = failure(console.run("run", "--json", "Hi"), "ServerException", 40);
        assertThat(end.path("text").asString()).isEqualTo("Hello");
        assertThat(end.at("/error/message").asString()).contains("boom");
    }

    @ParameterizedTest
    @CsvSource({
        "ProviderAuthError, bad key, AuthenticationException, 20",
        "MessageOutputLengthError, too long, OutputLimitException, 32",
        "MessageAbortedError, aborted, , 130"
    })
    void theAgentsOwnErrors(String name, String message, String error, int code) {
        impostor.nextTurn(Answer.error(name, message));
        Console.Result result = console.run("run", "--json", "Hi");
        if (error == null) assertThat(end(result).path("type").asString()).isEqualTo("turn_interrupted");
        else failure(result, error, code);
        assertThat(result.code()).isEqualTo(code);
    }

    @Test
    void anUnknownSession() {
        failure(
                console.run("run", "--json", "--session", "ses_0000000000000000000000000x", "Hi"),
                "SessionNotFoundException",
                30);
    }

    @Test
    void anUnknownModel() {
        failure(console.run("run", "--json", "--model", "no/such", "Hi"), "BadRequestException", 31);
    }

    @Test
    void aServerThatIsNotThere() {
        impostor.goDown();
        failure(console.run("run", "--json", "Hi"), "ConnectionException", 10);
    }

    @Test
    void aWrongPassword() {
        impostor.faults()
                .everyResponse(RecordedRequest.to("POST", "/session"), Response.error(401, "Unauthorized", "no"));
        failure(console.run("run", "--json", "Hi"), "AuthenticationException", 20);
    }

    @Test
    void anAddressThatIsNone() {
        failure(
                new Console().with("OPENCODE_BASE_URL", "localhost:4096").run("run", "--json", "Hi"),
                "IllegalArgumentException",
                2);
    }

    @ParameterizedTest
    @CsvSource({"' '", "--model x Hi", "--timeout soon Hi", "--permissions maybe Hi", "--nonsense Hi", "''"})
    void wrongArguments(String arguments) {
        String[] all = ("run --json" + (arguments.isBlank() ? "" : ' ' + arguments)).split(" ", -1);
        Console.Result result = arguments.equals(" ") ? console.run("run", "--json", " ") : console.run(all);
        failure(result, "IllegalArgumentException", 2);
        assertThat(impostor.requests()).isEmpty();
    }

    @Test
    void aSessionIdOfTheWrongForm() {
        failure(console.run("run", "--json", "--session", "../etc", "Hi"), "IllegalArgumentException", 2);
    }
}
