package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.NewSession;
import dev.opencode4j.server.model.SessionChange;
import dev.opencode4j.server.model.SessionQuery;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every operation of the client: it works, or fails with the error that is right for that version. */
class OperationsTest {

    private static final Model MODEL = Model.of("scripted/scripted");
    private static final String WORKS = "works";

    private final Map<String, String> outcomes = new LinkedHashMap<>();

    @EachRealVersion
    void everyOperationWorksOrSaysWhyNot(OpenCodeVersion version) throws IOException {
        try (ScriptedModel model = ScriptedModel.start();
                RealOpenCode server = RealOpenCode.start(version, model);
                Rig rig = Rig.of(server)) {
            Files.writeString(server.directory().resolve("hello.txt"), "hello there\n");
            sessions(rig);
            messages(rig);
            requests(rig.client());
            server(rig.client(), version);
            files(rig.client());
            Map<String, String> expected = new LinkedHashMap<>(outcomes);
            expected.replaceAll((operation, outcome) -> expected(operation, version));
            assertThat(outcomes).containsExactlyInAnyOrderEntriesOf(expected);
        }
    }

    /** 1.2.27 takes an answer that nobody waits for. */
    private static String expected(String operation, OpenCodeVersion version) {
        boolean oldest = version.isBefore("1.15");
        return switch (operation) {
            case "permissions.reply", "questions.reply", "questions.reject" ->
                oldest ? WORKS : "SessionNotFoundException";
            default -> WORKS;
        };
    }

    private void tried(String operation, Runnable call) {
        try {
            call.run();
            outcomes.put(operation, WORKS);
        } catch (AgentException e) {
            outcomes.put(operation, e.getClass().getSimpleName());
        }
    }

    private void sessions(Rig rig) {
        OpenCodeClient client = rig.client();
        String id = client.createSession("operations").id();
        String last;
        try (AgentSession session = rig.agent().resume(id, SessionOptions.DEFAULT)) {
            session.run("#echo first");
            last = session.run("#todo second").messageId();
        }
        tried(
                "sessions.create",
                () -> assertThat(client.sessions()
                                .create(NewSession.titled("child").withParent(id))
                                .parentId())
                        .isEqualTo(id));
        tried(
                "sessions.get",
                () -> assertThat(client.sessions().get(id).title()).isEqualTo("operations"));
        tried(
                "sessions.list",
                () -> assertThat(client.sessions().list(SessionQuery.ALL.withRootsOnly()))
                        .anyMatch(session -> session.id().equals(id)));
        tried(
                "sessions.update",
                () -> assertThat(client.sessions()
                                .update(id, SessionChange.NONE.withTitle("renamed"))
                                .title())
                        .isEqualTo("renamed"));
        tried(
                "sessions.fork",
                () -> assertThat(client.messages()
                                .list(client.sessions().fork(id).id()))
                        .hasSameSizeAs(client.messages().list(id)));
        tried(
                "sessions.fork at a message",
                () -> assertThat(client.messages()
                                .list(client.sessions().fork(id, last).id()))
                        .hasSize(2));
        tried(
                "sessions.children",
                () -> assertThat(client.sessions().children(id)).hasSize(1));
        tried("sessions.todos", () -> assertThat(client.sessions().todos(id)).hasSize(2));
        tried("sessions.diff", () -> client.sessions().diff(id));
        tried("sessions.diff of a message", () -> client.sessions().diff(id, last));
        tried(
                "sessions.statuses",
                () -> assertThat(client.sessions().statuses()).doesNotContainKey(id));
        tried("sessions.abort", () -> client.sessions().abort(id));
        tried("sessions.revert", () -> client.sessions().revert(id, last));
        tried("sessions.unrevert", () -> client.sessions().unrevert(id));
        tried("sessions.summarize", () -> client.sessions().summarize(id, MODEL, Rig.BOUND));
        tried("sessions.delete", () -> client.sessions().delete(id));
    }

    private void messages(Rig rig) {
        OpenCodeClient client = rig.client();
        String id = client.createSession("messages").id();
        Prompt first = Prompt.of("#echo one");
        tried(
                "messages.prompt",
                () -> assertThat(client.messages().prompt(id, first, Rig.BOUND).text())
                        .isEqualTo("You said: #echo one"));
        tried("messages.submit", () -> {
            client.messages().submit(id, Prompt.of("#echo two"));
            Eventually.holds(
                    "the answer", Rig.BOUND, () -> client.messages().list(id).size() == 4);
            rig.awaitIdle(id);
        });
        tried("messages.list", () -> assertThat(client.messages().list(id)).hasSize(4));
        tried(
                "messages.last",
                () -> assertThat(client.messages().last(id, 3).messages()).hasSize(3));
        tried(
                "messages.before",
                () -> assertThat(client.messages()
                                .before(
                                        id,
                                        3,
                                        client.messages().last(id, 3).older().orElseThrow())
                                .messages())
                        .hasSize(1));
        tried(
                "messages.newestFirst",
                () -> assertThat(client.messages().newestFirst(id, 1)).hasSize(4));
        String last = client.messages().list(id).get(3).id();
        tried(
                "messages.get",
                () -> assertThat(client.messages().get(id, last).text()).isEqualTo("You said: #echo two"));
        tried("messages.delete", () -> client.messages().delete(id, last));
        tried("messages.shell", () -> client.messages().shell(id, "build", "echo shell", Rig.BOUND));
        tried("messages.command", () -> client.messages().command(id, "review", "nothing", Rig.BOUND));
        tried("messages.init", () -> {
            String asking = idAfter(client.messages().list(id));
            client.messages().init(id, asking, MODEL, Rig.BOUND);
            assertThat(client.messages().get(id, asking).text()).contains("AGENTS.md");
            assertThat(client.messages().list(id))
                    .last()
                    .matches(answer -> asking.equals(answer.info().parentId())
                            && !answer.text().isBlank());
        });
        tried(
                "client.stream",
                () -> assertThat(client.stream(client.createSession("s").id(), "#echo three")
                                .text())
                        .isEqualTo("You said: #echo three"));
    }

    /** One that is not higher than the server's own next one, or older versions never come to an end (trap 4). */
    private static String idAfter(List<Message> messages) {
        String last = messages.get(messages.size() - 1).id();
        long stamp = Long.parseLong(last.substring(4, 16), 16) + 1;
        return "msg_" + String.format(Locale.ROOT, "%012x", stamp) + last.substring(16);
    }

    private void requests(OpenCodeClient client) {
        tried("permissions.list", () -> assertThat(client.permissions().list()).isEmpty());
        tried("permissions.reply", () -> client.permissions().reply("per_none", PermissionReply.ONCE));
        tried("questions.list", () -> assertThat(client.questions().list()).isEmpty());
        tried("questions.reply", () -> client.questions().reply("que_none", QuestionReply.of("Red")));
        tried("questions.reject", () -> client.questions().reject("que_none"));
    }

    private void server(OpenCodeClient client, OpenCodeVersion version) {
        tried("client.health", () -> assertThat(client.health().version()).isEqualTo(version.number()));
        tried("client.call", () -> client.call("GET", "/session/status", null));
        // 1.2.27 looks for a page that it does not have on the network, which may not be there.
        assertThat(catchThrowable(() -> client.call("GET", "/nosuchroute", null)))
                .isInstanceOfAny(
                        version.isBefore("1.15") ? ServerException.class : ProtocolException.class,
                        ProtocolException.class);
        tried(
                "catalog.agents",
                () -> assertThat(client.catalog().agents())
                        .anyMatch(agent -> agent.name().equals("build")));
        tried("catalog.commands", () -> assertThat(client.catalog().commands()).isNotEmpty());
        tried(
                "catalog.providers",
                () -> assertThat(client.catalog().providers().toString()).contains("scripted"));
        tried("catalog.knownProviders", () -> client.catalog().knownProviders());
        tried(
                "catalog.config",
                () -> assertThat(client.catalog().config().text()).contains("scripted"));
        tried("catalog.updateConfig", () -> client.catalog().updateConfig(Json.parse("{\"username\":\"somebody\"}")));
        tried("mcp.status", () -> client.mcp().status());
        tried(
                "mcp.add",
                () -> client.mcp()
                        .add("gone", Json.parse("{\"type\":\"local\",\"command\":[\"false\"],\"enabled\":false}")));
        tried("mcp.connect", () -> client.mcp().connect("gone"));
        tried("mcp.disconnect", () -> client.mcp().disconnect("gone"));
    }

    private void files(OpenCodeClient client) {
        tried(
                "files.list",
                () -> assertThat(client.files().list("."))
                        .anyMatch(node -> node.toString().contains("hello.txt")));
        tried(
                "files.content",
                () -> assertThat(client.files().content("hello.txt").content()).contains("hello there"));
        tried("files.changes", () -> client.files().changes());
        tried("files.findText", () -> client.files().findText("hello"));
        tried("files.findFiles", () -> client.files().findFiles("hello", 5));
        tried("files.findSymbols", () -> client.files().findSymbols("hello"));
        tried(
                "files.paths",
                () -> assertThat(client.files().paths().directory()).isNotBlank());
        tried("files.vcs", () -> client.files().vcs());
    }
}
