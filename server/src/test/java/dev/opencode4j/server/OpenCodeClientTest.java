package dev.opencode4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRule;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Attachment;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.model.NewSession;
import dev.opencode4j.server.model.PromptOptions;
import dev.opencode4j.server.model.Session;
import dev.opencode4j.server.model.SessionChange;
import dev.opencode4j.server.model.SessionQuery;
import dev.opencode4j.server.model.SessionStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire, to the letter. */
class OpenCodeClientTest {

    private static final String SESSION = "{\"id\":\"ses_1\",\"title\":\"T\"}";
    private static final String MESSAGE =
            "{\"info\":{\"id\":\"msg_2\",\"role\":\"assistant\"},\"parts\":[{\"id\":\"prt_1\",\"type\":\"text\",\"text\":\"hi\"}]}";

    /** The one request that {@code call} makes when it is answered with {@code answer}. */
    private static OneAnswerServer.Received sent(String answer, Consumer<OpenCodeClient> call) throws IOException {
        try (OneAnswerServer server = OneAnswerServer.json(answer);
                OpenCodeClient client = OpenCodeClient.connect(server.url())) {
            call.accept(client);
            return server.only();
        }
    }

    private static String line(OneAnswerServer.Received request) {
        return request.method() + ' ' + request.target() + (request.body().isEmpty() ? "" : ' ' + request.body());
    }

    @Test
    void healthIsNotAboutADirectory() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.json("{\"healthy\":true,\"version\":\"1.18.33\"}");
                OpenCodeClient client = OpenCodeClient.builder()
                        .baseUrl(server.url() + "/p?k=v")
                        .directory("/a b")
                        .workspace("wrk_1")
                        .build()) {
            assertThat(client.health().healthy()).isTrue();
            assertThat(client.health().version()).isEqualTo("1.18.33");
            assertThat(server.requests().get(0).target()).isEqualTo("/p/global/health?k=v");
        }
    }

    @Test
    void everythingElseIs() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.json(SESSION);
                OpenCodeClient client = OpenCodeClient.builder()
                        .baseUrl(server.url())
                        .directory("/a b")
                        .workspace("wrk_1")
                        .build()) {
            client.createSession("T");
            assertThat(server.only().target()).isEqualTo("/session?directory=%2Fa+b&workspace=wrk_1");
        }
    }

    @Test
    void aSessionIsCreatedWithATitle() throws IOException {
        OneAnswerServer.Received request = sent(
                SESSION,
                client -> assertThat(client.createSession("My session").id()).isEqualTo("ses_1"));
        assertThat(line(request)).isEqualTo("POST /session {\"title\":\"My session\"}");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("authorization")).isEmpty();
    }

    @Test
    void anEmptyListOfRulesIsSent() throws IOException {
        assertThat(line(sent(
                        SESSION,
                        client ->
                                client.sessions().create(NewSession.titled("T").withRules(List.of())))))
                .isEqualTo("POST /session {\"title\":\"T\",\"permission\":[]}");
    }

    @Test
    void everyFieldOfANewSession() throws IOException {
        NewSession wanted = NewSession.BLANK
                .withParent("ses_0")
                .withAgent("plan")
                .withModel(Model.of("a/b/c").withVariant("high"))
                .withMetadata(Json.parse("{\"k\":1}"))
                .withWorkspace("wrk_1")
                .withRules(List.of(PermissionRule.deny("bash", "*")));
        assertThat(line(sent(SESSION, client -> client.sessions().create(wanted))))
                .isEqualTo(
                        "POST /session {\"permission\":[{\"permission\":\"bash\",\"pattern\":\"*\",\"action\":\"deny\"}],"
                                + "\"parentID\":\"ses_0\",\"agent\":\"plan\","
                                + "\"model\":{\"providerID\":\"a\",\"id\":\"b/c\",\"variant\":\"high\"},"
                                + "\"metadata\":{\"k\":1},\"workspaceID\":\"wrk_1\"}");
    }

    @Test
    void aSessionIsUpdated() throws IOException {
        String answer = "{\"id\":\"ses_1\",\"title\":\"New\",\"time\":{\"created\":1000,\"archived\":2000},"
                + "\"model\":{\"id\":\"m\",\"providerID\":\"p\",\"variant\":\"\"},"
                + "\"permission\":[{\"permission\":\"edit\",\"pattern\":\"*\",\"action\":\"ask\"},{\"action\":\"odd\"}]}";
        SessionChange change = SessionChange.NONE
                .withTitle("New")
                .withAppendedRules(List.of(PermissionRule.ask("edit", "*")))
                .withArchived(Instant.ofEpochSecond(2));
        OneAnswerServer.Received request = sent(answer, client -> {
            Session session = client.sessions().update("ses_1", change);
            assertThat(session.title()).isEqualTo("New");
            assertThat(session.archived()).isEqualTo(Instant.ofEpochSecond(2));
            assertThat(session.updated()).isNull();
            assertThat(session.model()).isEqualTo(Model.of("p/m"));
            assertThat(session.rules()).containsExactly(PermissionRule.ask("edit", "*"));
            assertThat(session.raw()).isEqualTo(Json.parse(answer));
        });
        assertThat(line(request))
                .isEqualTo("PATCH /session/ses_1 {\"title\":\"New\",\"permission\":[{\"permission\":\"edit\","
                        + "\"pattern\":\"*\",\"action\":\"ask\"}],\"time\":{\"archived\":2000}}");
    }

    @Test
    void sessionsAreListed() throws IOException {
        SessionQuery query = SessionQuery.ALL
                .withLimit(2)
                .withSearch("a&b")
                .withUpdatedSince(Instant.ofEpochMilli(5))
                .withRootsOnly();
        OneAnswerServer.Received request = sent(
                '[' + SESSION + ",{},7]",
                client -> assertThat(client.sessions().list(query))
                        .extracting(Session::id)
                        .containsExactly("ses_1"));
        assertThat(line(request)).isEqualTo("GET /session?limit=2&start=5&search=a%26b&roots=true");
    }

    @Test
    void aPromptWithEverything() throws IOException {
        Prompt prompt = Prompt.builder("hello")
                .messageId("msg_1")
                .model(new Model("p", "m/n", "high"))
                .agent("build")
                .system("be brief")
                .disable("bash")
                .schema(Json.parse("{\"type\":\"object\"}"))
                .attach(Attachment.of("a.txt", "text/plain", "x".getBytes(StandardCharsets.UTF_8)))
                .build();
        PromptOptions options = PromptOptions.NONE
                .withoutReply()
                .asSynthetic()
                .withSchemaRetries(0)
                .mentioning("plan")
                .withSubtask(new PromptOptions.Subtask("general", "short", "long"));
        String body = "{\"messageID\":\"msg_1\",\"parts\":["
                + "{\"type\":\"text\",\"text\":\"hello\",\"synthetic\":true,\"id\":\"prt_10000\"},"
                + "{\"type\":\"file\",\"mime\":\"text/plain\",\"filename\":\"a.txt\",\"url\":\"data:text/plain;base64,eA==\",\"id\":\"prt_10001\"},"
                + "{\"type\":\"agent\",\"name\":\"plan\",\"id\":\"prt_10002\"},"
                + "{\"type\":\"subtask\",\"prompt\":\"long\",\"description\":\"short\",\"agent\":\"general\",\"id\":\"prt_10003\"}],"
                + "\"model\":{\"providerID\":\"p\",\"modelID\":\"m/n\"},\"agent\":\"build\",\"noReply\":true,"
                + "\"tools\":{\"bash\":false},"
                + "\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"},\"retryCount\":0},"
                + "\"system\":\"be brief\",\"variant\":\"high\"}";
        assertThat(line(sent(
                        MESSAGE,
                        client -> assertThat(client.messages()
                                        .prompt("ses_1", prompt, options, Duration.ofSeconds(9))
                                        .text())
                                .isEqualTo("hi"))))
                .isEqualTo("POST /session/ses_1/message " + body);
        assertThat(line(sent("", client -> client.messages().submit("ses_1", prompt, options))))
                .isEqualTo("POST /session/ses_1/prompt_async " + body);
    }

    @Test
    void aPromptIsAcceptedWithoutABody() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering(204, "", "");
                OpenCodeClient client = OpenCodeClient.connect(server.url())) {
            client.messages().submit("ses_1", Prompt.of("hi"));
            assertThat(line(server.only()))
                    .isEqualTo("POST /session/ses_1/prompt_async {\"parts\":[{\"type\":\"text\",\"text\":\"hi\"}]}");
        }
    }

    @Test
    void messagesArePagedBackwardsAndLazily() throws IOException {
        OneAnswerServer.Behaviour pages = (request, connection) -> {
            boolean first = !request.target().contains("before");
            String id = first ? "msg_3" : "msg_1";
            String older = first ? "msg_2" : "msg_0";
            connection.answer(
                    200,
                    "application/json",
                    "[{\"info\":{\"id\":\"" + older + "\"}},{\"info\":{\"id\":\"" + id + "\"}}]",
                    first ? "X-Next-Cursor: a+/=" : "x-other: 1");
        };
        try (OneAnswerServer server = new OneAnswerServer(pages);
                OpenCodeClient client = OpenCodeClient.connect(server.url())) {
            assertThat(client.messages().newestFirst("ses_1", 2).limit(1)).hasSize(1);
            assertThat(server.requests()).hasSize(1);
            assertThat(client.messages().newestFirst("ses_1", 2))
                    .extracting(message -> message.id())
                    .containsExactly("msg_3", "msg_2", "msg_1", "msg_0");
            assertThat(server.requests())
                    .extracting(OneAnswerServer.Received::target)
                    .containsExactly(
                            "/session/ses_1/message?limit=2",
                            "/session/ses_1/message?limit=2",
                            "/session/ses_1/message?limit=2&before=a%2B%2F%3D");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /session/ses_1/children                 | children
            GET /session/ses_1/todo                     | todos
            GET /session/ses_1/diff?messageID=msg_1     | diff
            GET /question                               | questions
            GET /permission                             | permissions
            GET /agent                                  | agents
            GET /command                                | commands
            GET /file?path=a+b                          | files
            GET /find?pattern=x.*                       | text
            GET /find/file?query=x&limit=3              | names
            GET /find/symbol?query=x                    | symbols
            GET /file/status                            | changes
            """)
    void listsThatAreEmpty(String request, String operation) throws IOException {
        String line =
                line(sent("[]", client -> assertThat(list(client, operation)).isEmpty()));
        assertThat(line).isEqualTo(request);
    }

    private static List<?> list(OpenCodeClient client, String operation) {
        return switch (operation) {
            case "children" -> client.sessions().children("ses_1");
            case "todos" -> client.sessions().todos("ses_1");
            case "diff" -> client.sessions().diff("ses_1", "msg_1");
            case "questions" -> client.questions().list();
            case "permissions" -> client.permissions().list();
            case "agents" -> client.catalog().agents();
            case "commands" -> client.catalog().commands();
            case "files" -> client.files().list("a b");
            case "text" -> client.files().findText("x.*");
            case "names" -> client.files().findFiles("x", 3);
            case "symbols" -> client.files().findSymbols("x");
            default -> client.files().changes();
        };
    }

    @Test
    void questionsThatAreNoListAreNone() throws IOException {
        sent("{\"odd\":true}", client -> assertThat(client.questions().list()).isEmpty());
    }

    @Test
    void requestsAreAnswered() throws IOException {
        assertThat(line(sent("true", client -> client.permissions().reply("per_1", PermissionReply.ALWAYS))))
                .isEqualTo("POST /permission/per_1/reply {\"reply\":\"always\"}");
        assertThat(line(sent(
                        "true", client -> client.permissions().reply("per_1", PermissionReply.rejectBecause("no")))))
                .isEqualTo("POST /permission/per_1/reply {\"reply\":\"reject\",\"message\":\"no\"}");
        assertThat(line(sent("true", client -> client.questions().reply("que_1", QuestionReply.of("a", "b")))))
                .isEqualTo("POST /question/que_1/reply {\"answers\":[[\"a\",\"b\"]]}");
        assertThat(line(sent("true", client -> client.questions().reject("que_1"))))
                .isEqualTo("POST /question/que_1/reject {}");
    }

    @Test
    void ordersToASession() throws IOException {
        assertThat(line(sent("true", client -> client.sessions().abort("ses_1"))))
                .isEqualTo("POST /session/ses_1/abort {}");
        assertThat(line(sent("true", client -> client.sessions().delete("ses_1"))))
                .isEqualTo("DELETE /session/ses_1");
        assertThat(line(sent(SESSION, client -> client.sessions().fork("ses_1", "msg_1"))))
                .isEqualTo("POST /session/ses_1/fork {\"messageID\":\"msg_1\"}");
        assertThat(line(sent(SESSION, client -> client.sessions().revert("ses_1", "msg_1"))))
                .isEqualTo("POST /session/ses_1/revert {\"messageID\":\"msg_1\"}");
        assertThat(line(sent(
                        "true",
                        client -> client.sessions().summarize("ses_1", Model.of("p/m"), Duration.ofSeconds(9)))))
                .isEqualTo("POST /session/ses_1/summarize {\"providerID\":\"p\",\"modelID\":\"m\"}");
        assertThat(line(sent(
                        MESSAGE, client -> client.messages().command("ses_1", "init", "now", Duration.ofSeconds(9)))))
                .isEqualTo("POST /session/ses_1/command {\"command\":\"init\",\"arguments\":\"now\"}");
        assertThat(line(sent(
                        MESSAGE, client -> client.messages().shell("ses_1", "build", "ls", Duration.ofSeconds(9)))))
                .isEqualTo("POST /session/ses_1/shell {\"agent\":\"build\",\"command\":\"ls\"}");
    }

    @Test
    void statusesOfSessions() throws IOException {
        String answer = "{\"ses_1\":{\"type\":\"busy\"},"
                + "\"ses_2\":{\"type\":\"retry\",\"attempt\":2,\"message\":\"slow\",\"next\":9000},\"ses_3\":{\"type\":\"new\"}}";
        sent(
                answer,
                client -> assertThat(client.sessions().statuses())
                        .containsEntry("ses_1", new SessionStatus("busy", 0, null, null))
                        .containsEntry("ses_2", new SessionStatus("retry", 2, "slow", Instant.ofEpochSecond(9)))
                        .containsEntry("ses_3", new SessionStatus("new", 0, null, null)));
    }

    @Test
    void providersKeepTheirKeysToThemselves() throws IOException {
        String answer = "{\"providers\":[{\"id\":\"p\",\"name\":\"P\",\"options\":{\"apiKey\":\"k3y\"},"
                + "\"models\":{\"m/n\":{\"name\":\"M\",\"limit\":{\"context\":10,\"output\":5}}}}],\"default\":{\"p\":\"m/n\"}}";
        sent(
                answer,
                client -> assertThat(client.catalog().providers()).satisfies(found -> {
                    assertThat(found.defaults()).containsExactly(Model.of("p/m/n"));
                    assertThat(found.connected()).containsExactly("p");
                    assertThat(found.providers().get(0).models().get(0).contextLimit())
                            .isEqualTo(10);
                    assertThat(found.toString()).doesNotContain("k3y");
                }));
    }

    @Test
    void anyOtherRequest() throws IOException {
        OneAnswerServer.Received request = sent(
                "[1]",
                client -> assertThat(client.call("POST", "/log?x=1", Json.parse("{\"a\":1}")))
                        .isEqualTo(Json.parse("[1]")));
        assertThat(line(request)).isEqualTo("POST /log?x=1 {\"a\":1}");
        sent("", client -> assertThat(client.call("GET", "/x", null)).isEqualTo(Json.EMPTY));
    }

    @Test
    void badArgumentsAreNamedAndNothingIsSent() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.json("{}");
                OpenCodeClient client = OpenCodeClient.connect(server.url())) {
            refuses("sessionId", () -> client.sessions().get(" "));
            refuses("sessionId", () -> client.sessions().get("bogus"));
            refuses("sessionId", () -> client.sessions().get("ses_1/../x"));
            refuses("sessionId", () -> client.sessions().get("ses_1?x"));
            refuses("messageId", () -> client.messages().get("ses_1", "ses_1"));
            refuses("requestId", () -> client.permissions().reply("que_1", PermissionReply.ONCE));
            refuses("requestId", () -> client.questions().reject("per_1"));
            refuses("parentId", () -> client.sessions().create(NewSession.BLANK.withParent("x")));
            refuses("title", () -> client.createSession(" "));
            refuses("text", () -> Prompt.of(" "));
            refuses(
                    "messageId",
                    () -> client.messages()
                            .submit(
                                    "ses_1",
                                    Prompt.builder("x").messageId("bogus").build()));
            refuses("model", () -> Model.of("no-slash"));
            refuses("timeout", () -> client.messages().prompt("ses_1", Prompt.of("x"), Duration.ZERO));
            refuses("limit", () -> client.messages().last("ses_1", 0));
            refuses("limit", () -> client.files().findFiles("x", -1));
            refuses("path", () -> client.files().content(""));
            refuses("name", () -> client.mcp().connect(".."));
            refuses("command", () -> client.messages().shell("ses_1", "build", " ", Duration.ofSeconds(1)));
            refuses(
                    "requestTimeout",
                    () -> OpenCodeClient.builder().requestTimeout(Duration.ZERO).build());
            refuses("baseUrl", () -> OpenCodeClient.connect("localhost:4096"));
            assertThat(server.requests()).isEmpty();
        }
    }

    private static void refuses(String argument, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(argument + ": ");
    }
}
