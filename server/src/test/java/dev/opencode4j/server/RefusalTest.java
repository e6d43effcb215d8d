package dev.opencode4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.part.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the caller is told when a server refuses. */
class RefusalTest {

    private static final String LONG = "x".repeat(500);

    private static AgentException refused(int status, String type, String body, Consumer<OpenCodeClient> call)
            throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering(status, type, body);
                OpenCodeClient client = OpenCodeClient.connect(server.url())) {
            return catchThrowableOfType(AgentException.class, () -> call.accept(client));
        }
    }

    private static AgentException refused(int status, String json) throws IOException {
        return refused(
                status, "application/json", json, client -> client.sessions().get("ses_1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "said as a string"                                              | said as a string
                    {"name":"N","data":{"message":"in data"},"message":"on top"}    | in data
                    {"data":"data itself"}                                          | data itself
                    {"data":7,"message":"on top"}                                   | on top
                    {"_tag":"T","message":"tagged"}                                 | tagged
                    {"_tag":"BadRequest"}                                           | BadRequest
                    {"name":"UnknownError","data":{"message":"m","ref":"err_1"}}    | m (err_1)
                    {"data":{"a":1},"error":[{"path":["limit"],"message":"NaN"}],"success":false} | limit: NaN
                    {"error":"a word"}                                              | a word
                    no JSON at all                                                  | no JSON at all
                    []                                                              | bad request
                    null                                                            | bad request
                    42                                                              | bad request
                    {}                                                              | bad request
                    """)
    void theServersWordsAreFound(String body, String words) throws IOException {
        AgentException error = refused(422, body);
        assertThat(error).isInstanceOf(BadRequestException.class);
        assertThat(error.reason()).isEqualTo(words);
        assertThat(error).hasMessageStartingWith("GET /session/ses_1 answered 422: " + words);
    }

    @Test
    void anEmptyRefusalHasWordsOfOurs() throws IOException {
        AgentException error = refused(401, "", "", client -> client.questions().list());
        assertThat(error).isInstanceOf(AuthenticationException.class).hasMessageContaining("credentials");
        assertThat(error.isRetryable()).isFalse();
    }

    @Test
    void longWordsAreCut() throws IOException {
        assertThat(refused(400, LONG).reason()).hasSize(200).endsWith("...");
        assertThat(refused(400, Json.of(LONG).text()).reason()).hasSize(200).endsWith("...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":{\"message\":\"no\"}}", "no", "[]", "null", "\"no\""})
    void aRefusalOfCredentialsIsOneInWhateverForm(String body) throws IOException {
        assertThat(refused(401, body)).isInstanceOf(AuthenticationException.class);
        assertThat(refused(403, body)).isInstanceOf(AuthenticationException.class);
        assertThat(refused(402, body)).isInstanceOf(BillingException.class);
        assertThat(refused(409, body)).isInstanceOf(BadRequestException.class);
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        assertThat(refused(404, "{\"name\":\"NotFoundError\",\"data\":{\"message\":\"Session not found: ses_1\"}}"))
                .isInstanceOf(SessionNotFoundException.class)
                .hasMessageContaining("Session not found: ses_1");
        assertThat(refused(
                        404,
                        "text/plain",
                        "Not Found",
                        client -> client.sessions().get("ses_1")))
                .isInstanceOf(SessionNotFoundException.class);
        assertThat(refused(404, "", "", client -> client.permissions().reply("per_1", PermissionReply.ONCE)))
                .isInstanceOf(SessionNotFoundException.class)
                .hasMessageContaining("no such permission request");
        assertThat(refused(404, "", "", client -> client.questions().reject("que_1")))
                .hasMessageContaining("no such question");
        assertThat(refused(404, "", "", client -> client.messages().get("ses_1", "msg_1")))
                .hasMessageContaining("no such session or message");
    }

    @Test
    void aMissingThingOfAnotherKindIsNoLostSession() throws IOException {
        String body = "{\"_tag\":\"McpServerNotFoundError\",\"message\":\"MCP server not found: x\"}";
        assertThat(refused(404, "application/json", body, client -> client.mcp().connect("x")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("MCP server not found: x");
    }

    @Test
    void aRateLimitSaysWhenItEnds() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering(429, "", "", "Retry-After: 7");
                OpenCodeClient client = OpenCodeClient.connect(server.url())) {
            RateLimitException error = catchThrowableOfType(RateLimitException.class, client::health);
            assertThat(error.resetAt()).isBetween(Instant.now(), Instant.now().plusSeconds(8));
            assertThat(error.isRetryable()).isTrue();
        }
    }

    @Test
    void aServerThatIsDownForAWhileMaySayHowLong() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering(503, "", "", "Retry-After: 7");
                OpenCodeClient client = OpenCodeClient.connect(server.url())) {
            ServerException error = catchThrowableOfType(ServerException.class, client::health);
            assertThat(error.retryAt().orElseThrow())
                    .isBetween(Instant.now(), Instant.now().plusSeconds(8));
        }
    }

    @ParameterizedTest
    @CsvSource({"500, true, false", "502, true, false", "503, true, true"})
    void whatMayHaveRunIsNotRetryable(int status, boolean read, boolean write) throws IOException {
        AgentException reading = refused(status, "");
        AgentException writing =
                refused(status, "", "", client -> client.sessions().abort("ses_1"));
        assertThat(reading).isInstanceOf(ServerException.class);
        assertThat(reading.isRetryable()).isEqualTo(read);
        assertThat(writing).isInstanceOf(ServerException.class);
        assertThat(writing.isRetryable()).isEqualTo(write);
    }

    @Test
    void aSessionThatCannotBeListedIsToldApart() throws IOException {
        String body = "{\"name\":\"BadRequest\",\"data\":{\"message\":\"Expected OutputFormatJsonSchema, got {}\"}}";
        assertThat(refused(
                        400,
                        "application/json",
                        body,
                        client -> client.messages().list("ses_1")))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("one by one");
    }

    @Test
    void brokenJsonIsQuotedUpToALimit() throws IOException {
        ProtocolException error = (ProtocolException) refused(200, "{" + LONG);
        assertThat(error).hasMessageContaining("not valid JSON");
        assertThat(error.raw()).hasSize(200).startsWith("{xxx");
        assertThat(refused(
                        200,
                        "application/json",
                        "{nope",
                        client -> client.sessions().abort("ses_1")))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "null", "\"x\"", "{}", "{\"id\":5.5e400}"})
    void anAnswerThatIsNoSessionIsAProtocolError(String body) throws IOException {
        if (body.contains("id")) assertThat(refused(200, body)).isNull();
        else assertThat(refused(200, body)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aPromptThatIsAnsweredWithNothingFailed() throws IOException {
        assertThat(refused(
                        200,
                        "application/json",
                        "",
                        client -> client.messages()
                                .prompt("ses_1", dev.opencode4j.core.prompt.Prompt.of("hi"), Duration.ofSeconds(9))))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("unknown");
    }
}
