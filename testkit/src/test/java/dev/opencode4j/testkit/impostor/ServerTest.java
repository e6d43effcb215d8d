package dev.opencode4j.testkit.impostor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What does not depend on turns: routes, errors, authentication, directories, versions. */
@ExtendWith(ImpostorExtension.class)
class ServerTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /session/ses_none | 404 | Session not found: ses_none",
                "POST | /session/ses_none/prompt_async | 404 | Session not found: ses_none",
                "GET | /session/bogus | 500 | Unexpected server error. Check server logs for details.",
                "POST | /permission/per_none/reply | 404 | Permission request not found: per_none",
                "POST | /question/que_none/reply | 404 | Question request not found: que_none",
                "POST | /question/que_none/reject | 404 | Question request not found: que_none",
            })
    void whatIsMissingIsNamed(String method, String path, int status, String message, Impostor impostor)
            throws Exception {
        var answer = new Client(impostor.url()).send(method, path, "{\"reply\":\"once\",\"answers\":[]}");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(message);
        assertThat(answer.body()).contains(path.startsWith("/session") ? "\"name\"" : "\"_tag\"");
    }

    @Test
    void anUnknownRouteIsTheWebPage(Impostor impostor) throws Exception {
        var page = new Client(impostor.url()).send("GET", "/no/such/route", "");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html");
    }

    @Test
    void aPasswordIsDemandedAndNotTold() throws Exception {
        try (Impostor impostor = Impostor.builder().password("s3cret").start()) {
            var refused = new Client(impostor.url()).send("GET", "/global/health", "");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).isEmpty();
            try (Subscriber subscriber = Subscriber.to(impostor.url(), "/event", "s3cret")) {
                subscriber.awaitType("server.connected", 1);
            }
            RecordedRequest request = impostor.awaitRequest(RecordedRequest.streams(), SOON);
            String credentials = request.header("Authorization").orElseThrow();
            assertThat(request.toString()).doesNotContain(credentials);
            assertThat(impostor.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void streamsAreOfADirectoryOrOfAll(Impostor impostor) throws Exception {
        Client client = new Client(impostor.url());
        try (Subscriber here = Subscriber.to(impostor.url(), "/event?directory=/here", "");
                Subscriber everywhere = Subscriber.to(impostor.url(), "/global/event", "")) {
            impostor.awaitStreams(2, SOON);
            client.post("/session?directory=/there", "{\"title\":\"there\"}");
            client.post("/session?directory=/here", "{\"title\":\"here\"}");

            assertThat(here.awaitType("session.created", 1).types())
                    .containsExactly("server.connected", "session.created");
            List<JsonNode> wrapped =
                    everywhere.await(all -> all.events().size() == 5).events();
            assertThat(wrapped.get(1).path("directory").asString()).isEqualTo("/there");
            assertThat(wrapped.stream()
                            .map(event -> event.path("payload").path("type").asString()))
                    .containsExactly("server.connected", "session.created", "sync", "session.created", "sync");
            assertThat(client.get("/session?directory=/here")).hasSize(1);
        }
    }

    @Test
    void sessionsAreRenamedForkedAndDeleted(Impostor impostor) throws Exception {
        Client client = new Client(impostor.url());
        String session = client.newSession();
        client.post("/session/" + session + "/message", Client.prompt("hello"));

        assertThat(Json.parse(client.send("PATCH", "/session/" + session, "{\"title\":\"New\"}")
                                .body())
                        .path("title")
                        .asString())
                .isEqualTo("New");
        String fork =
                client.post("/session/" + session + "/fork", "{}").path("id").asString();
        assertThat(client.messages(fork)).hasSize(2);
        client.send("DELETE", "/session/" + session, "");
        assertThat(client.get("/session")).hasSize(1);
    }

    @Test
    void messagesAreListedByPages(Impostor impostor) throws Exception {
        Client client = new Client(impostor.url());
        String session = client.newSession();
        for (String text : List.of("one", "two")) {
            client.post("/session/" + session + "/message", Client.prompt(text));
        }
        JsonNode all = client.messages(session);

        var page = client.send("GET", "/session/" + session + "/message?limit=3", "");
        String cursor = page.headers().firstValue("x-next-cursor").orElseThrow();
        JsonNode before = client.get("/session/" + session + "/message?limit=3&before=" + cursor);

        assertThat(Json.parse(page.body())).hasSize(3);
        assertThat(before).hasSize(1);
        assertThat(before.path(0)).isEqualTo(all.path(0));
    }

    @Test
    void idsHaveTheirFormsAndAnswersFollowPrompts(Impostor impostor) throws Exception {
        Client client = new Client(impostor.url());
        String session = client.newSession();
        client.post("/session/" + session + "/message", Client.prompt("hello"));
        JsonNode messages = client.messages(session);
        String user = messages.path(0).path("info").path("id").asString();
        String assistant = messages.path(1).path("info").path("id").asString();

        assertThat(session).matches("ses_[0-9a-f]{12}[0-9A-Za-z]{14}");
        assertThat(user).matches("msg_[0-9a-f]{12}[0-9A-Za-z]{14}").isLessThan(assistant);
        assertThat(messages.path(0).path("parts").path(0).path("id").asString())
                .matches("prt_[0-9a-f]{12}[0-9A-Za-z]{14}");
        assertThat(client.newSession()).as("the newest sorts first").isLessThan(session);
    }

    @Test
    void anOlderServerComparesMessageIds() throws Exception {
        try (Impostor impostor = Impostor.builder().version("1.2.27").start()) {
            Client client = new Client(impostor.url());
            String session = client.newSession();
            client.post("/session/" + session + "/message", Client.prompt("hello"));

            client.send(
                    "POST",
                    "/session/" + session + "/message",
                    Client.prompt("msg_000000000001aaaaaaaaaaaaaa", "clock behind"));
            assertThat(impostor.timesRun("clock behind")).isZero();

            client.send(
                    "POST",
                    "/session/" + session + "/prompt_async",
                    Client.prompt("msg_ffffffffffffaaaaaaaaaaaaaa", "clock ahead"));
            impostor.otherwise(prompt -> prompt.text().equals("clock ahead") && impostor.timesRun(prompt.text()) == 3
                    ? Answer.script().hold("seen enough")
                    : Answer.text("again"));
            impostor.awaitHeld("seen enough", SOON);
            assertThat(impostor.timesRun("clock ahead")).isGreaterThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.2.27, 204", "1.15.13, 404", "1.18.33, 404"})
    void aPromptToAMissingSessionIsSwallowedByTheOldestServer(String version, int status) throws Exception {
        try (Impostor impostor = Impostor.builder().version(version).start()) {
            assertThat(new Client(impostor.url()).promptAsync("ses_none", "go")).isEqualTo(status);
            assertThat(impostor.promptsAccepted()).isEmpty();
        }
    }

    @Test
    void whatATestAsksOfTheProjectIsThere(Impostor impostor) throws Exception {
        Client client = new Client(impostor.url());

        assertThat(client.get("/agent").path(0).path("name").asString()).isEqualTo("build");
        assertThat(client.get("/config/providers")
                        .path("default")
                        .path("scripted")
                        .asString())
                .isEqualTo("scripted");
        assertThat(client.get("/provider").path("all")).hasSize(1);
        assertThat(client.get("/path").path("directory").asString()).isEqualTo("/workspace/project");
        for (String path : List.of("/config", "/command", "/vcs", "/mcp", "/file", "/find/file", "/project/current")) {
            assertThat(client.send("GET", path, "").headers().firstValue("content-type"))
                    .hasValue("application/json");
        }
    }

    @Test
    void aBodyMayComeInChunks(Impostor impostor) throws Exception {
        byte[] body = "{\"title\":\"In chunks\"}".getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(impostor.url().resolve("/session"))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(Json.parse(answer.body()).path("title").asString()).isEqualTo("In chunks");
    }

    @Test
    void aBodyThatIsNoJsonIsRefused(Impostor impostor) throws Exception {
        assertThat(new Client(impostor.url()).send("POST", "/session", "{{{").statusCode())
                .isEqualTo(500);
    }

    @Test
    void waitingForWhatDoesNotComeFailsTheTest(Impostor impostor) {
        assertThatThrownBy(() -> impostor.awaitRequest(RecordedRequest.prompts(), Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no such request");
    }

    @Test
    void eachTestHasItsOwn(Impostor impostor) {
        assertThat(impostor.requests()).isEmpty();
        assertThat(impostor.url()).isNotEqualTo(URI.create("http://127.0.0.1:4096"));
    }
}
