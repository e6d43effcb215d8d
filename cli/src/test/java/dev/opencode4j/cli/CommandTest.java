package dev.opencode4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionRule;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Attachment;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a run is started with: arguments, configuration, environment, input. */
class CommandTest {

    @TempDir
    Path folder;

    private Fake fake;

    @BeforeEach
    void aRunThatAnswers() {
        fake = new Fake(folder).prints(Lines.tapped("fine").toArray(String[]::new));
    }

    private TurnResult run(OpenCodeCliBuilder builder, SessionOptions options, Prompt prompt) {
        try (OpenCodeCli agent = builder.build();
                AgentSession session = agent.open(options)) {
            return session.run(prompt, event -> {});
        }
    }

    private JsonNode config(OpenCodeCliBuilder builder, SessionOptions options, Prompt prompt) {
        run(builder, options, prompt);
        return Json.parse(fake.variable("run", "OPENCODE_CONFIG_CONTENT")).node();
    }

    private JsonNode config(OpenCodeCliBuilder builder) {
        return config(builder, SessionOptions.DEFAULT, Prompt.of("hi"));
    }

    @Test
    void rowsConstructorDefaultsAndNoModelOmitsModelFlag() {
        run(fake.builder(), SessionOptions.DEFAULT, Prompt.of("hi"));
        assertThat(fake.runs()).containsExactly("run --format=json");
        assertThat(fake.lines("stdin")).containsExactly("hi");
    }

    @Test
    void rowBuildRunCmdFlagsEachValueIsJoinedToItsFlag() {
        SessionOptions options = SessionOptions.builder()
                .title("--title me")
                .agent("plan")
                .model(Model.of("a/b/c"))
                .build();
        run(fake.builder().directory(folder), options, Prompt.of("--help me"));
        assertThat(fake.runs())
                .containsExactly(
                        "run --format=json --dir=" + folder + " --title=--title me --agent=plan --model=a/b/c");
        assertThat(fake.lines("stdin")).containsExactly("--help me");
    }

    @Test
    void item18ThePromptIsInNoArgument() {
        String prompt = "x".repeat(1 << 20);
        run(fake.builder(), SessionOptions.DEFAULT, Prompt.of(prompt));
        assertThat(fake.runs()).containsExactly("run --format=json");
        assertThat(fake.lines("stdin")).containsExactly(prompt);
    }

    @Test
    void rowBuildConfigAgentPrompt() {
        JsonNode config = config(fake.builder().system("Be brief."));
        assertThat(config.path("agent").path("opencode4j"))
                .isEqualTo(Json.of(Map.of("mode", "primary", "prompt", "Be brief."))
                        .node());
        assertThat(config.has("mcp")).isFalse();
        assertThat(fake.runs()).containsExactly("run --format=json --agent=opencode4j");
    }

    @Test
    void rowBuildConfigDefaultPromptNoAgentIsMadeWhereNoSystemPromptIs() {
        assertThat(config(fake.builder()).has("agent")).isFalse();
    }

    @Test
    void aSystemPromptOfATurnGoesToTheAgentThatIsAskedFor() {
        SessionOptions options = SessionOptions.builder().agent("plan").build();
        Prompt prompt =
                Prompt.builder("hi").system("Only this time.").disable("bash").build();
        JsonNode config = config(fake.builder().system("Be brief."), options, prompt);
        assertThat(config.path("agent").path("plan"))
                .isEqualTo(Json.of(Map.of("prompt", "Only this time.")).node());
        assertThat(config.path("tools").path("bash").asBoolean()).isFalse();
    }

    @Test
    void rowBuildConfigMcpServersRemoteAndLocal() {
        JsonNode mcp = config(fake.builder()
                        .mcp(McpServer.remote("far", URI.create("http://127.0.0.1:8000/far/mcp")))
                        .mcp(McpServer.local("near", List.of("prog", "-x"), Map.of("A", "b"))))
                .path("mcp");
        assertThat(mcp.path("far").toString())
                .isEqualTo("{\"type\":\"remote\",\"url\":\"http://127.0.0.1:8000/far/mcp\",\"enabled\":true}");
        assertThat(mcp.path("near").toString())
                .isEqualTo(
                        "{\"type\":\"local\",\"command\":[\"prog\",\"-x\"],\"environment\":{\"A\":\"b\"},\"enabled\":true}");
    }

    @Test
    void rowBuildConfigPermissionIsTakenInItsOrderAndQuestionsAreDenied() {
        JsonNode permission = config(fake.builder().permission(Json.parse("{\"*\":\"deny\",\"far_*\":\"allow\"}")))
                .path("permission");
        assertThat(permission.toString()).isEqualTo("{\"*\":\"deny\",\"far_*\":\"allow\",\"question\":\"deny\"}");
    }

    @Test
    void rulesComeAfterPermissionsAndPoliciesBeforeThem() {
        SessionOptions options = SessionOptions.builder()
                .permissions(PermissionPolicy.once())
                .rules(List.of(PermissionRule.deny("bash", "rm *"), PermissionRule.allow("edit", "*")))
                .build();
        JsonNode permission = config(fake.builder().permission(Map.of("bash", "ask")), options, Prompt.of("hi"))
                .path("permission");
        assertThat(permission.toString())
                .isEqualTo("{\"*\":\"allow\",\"bash\":{\"*\":\"allow\",\"rm *\":\"deny\"},\"edit\":{\"*\":\"allow\"},"
                        + "\"question\":\"deny\"}");
    }

    @Test
    void rulesWhoseOrderACommandLineCantKeepAreRefused() {
        SessionOptions options = SessionOptions.builder()
                .rules(List.of(
                        PermissionRule.deny("bash", "*"),
                        PermissionRule.allow("*", "*"),
                        PermissionRule.allow("bash", "ls")))
                .build();
        assertThatThrownBy(() -> run(fake.builder(), options, Prompt.of("hi")))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("bash");
        assertThat(fake.runs()).isEmpty();
    }

    @Test
    void aPolicyOfAllowingIsAFlagWhereThereIsOne() {
        fake.run("case \"$*\" in *--help*) printf '  -i, --interactive  x\\n      --auto  allow\\n';; *) "
                + fake.cat("printed", Lines.tapped("fine").toArray(String[]::new)) + ";; esac");
        SessionOptions options =
                SessionOptions.builder().permissions(PermissionPolicy.always()).build();
        JsonNode permission = config(fake.builder(), options, Prompt.of("hi")).path("permission");
        assertThat(permission.toString()).isEqualTo("{\"question\":\"deny\"}");
        assertThat(fake.runs()).containsExactly("run --help", "run --format=json --auto");
    }

    @Test
    void customProvidersAreWrittenAsOpenCodeWantsThem() {
        JsonNode provider = config(fake.builder()
                        .config(Json.parse("{\"provider\":{\"other\":{}},\"theme\":\"x\"}"))
                        .provider(CustomProvider.builder("mine")
                                .models(List.of("small"))
                                .model("large", Json.parse("{\"limit\":{\"context\":1000,\"output\":100}}"))
                                .baseUrl(URI.create("http://127.0.0.1:1/v1"))
                                .apiKey("{env:KEY}")
                                .option("timeout", 5)
                                .build()))
                .path("provider");
        assertThat(provider.path("mine").toString())
                .isEqualTo(
                        "{\"npm\":\"@ai-sdk/openai-compatible\",\"name\":\"mine\",\"models\":{\"small\":{},"
                                + "\"large\":{\"limit\":{\"context\":1000,\"output\":100}}},"
                                + "\"options\":{\"baseURL\":\"http://127.0.0.1:1/v1\",\"apiKey\":\"{env:KEY}\",\"timeout\":5}}");
        assertThat(provider.has("other")).isTrue();
    }

    @Test
    void aConfigurationThatWouldBeInheritedIsJoinedAndNotLost() {
        JsonNode config = config(
                fake.builder().environment("OPENCODE_CONFIG_CONTENT", "{\"theme\":\"dark\",\"plugin\":[\"theirs\"]}"));
        assertThat(config.path("theme").asString()).isEqualTo("dark");
        assertThat(config.path("plugin")).hasSize(2);
    }

    @Test
    void whatTheCommandLineCantDoIsRefusedBeforeAnythingStarts() {
        try (OpenCodeCli agent = fake.agent();
                AgentSession session = agent.open()) {
            assertThatThrownBy(() -> session.start(
                            Prompt.builder("hi").schema(Json.EMPTY).build()))
                    .isInstanceOf(UnsupportedFeatureException.class);
            assertThatThrownBy(() -> session.start(
                            Prompt.builder("hi").messageId("msg_1").build()))
                    .isInstanceOf(UnsupportedFeatureException.class);
            Attachment file = Attachment.of("a.txt", "text/plain", new byte[1]);
            assertThatThrownBy(
                            () -> session.start(Prompt.builder("").attach(file).build()))
                    .isInstanceOf(BadRequestException.class);
            SessionOptions asking = SessionOptions.builder()
                    .permissions(PermissionPolicy.askConsumer())
                    .build();
            assertThatThrownBy(() -> agent.open(asking)).isInstanceOf(UnsupportedFeatureException.class);
            SessionOptions questions = SessionOptions.builder()
                    .questions(QuestionPolicy.askConsumer())
                    .build();
            assertThatThrownBy(() -> agent.resume("ses_1", questions)).isInstanceOf(UnsupportedFeatureException.class);
        }
        assertThat(fake.runs()).isEmpty();
        assertThat(fake.exports()).isEmpty();
    }

    @Test
    void aSessionHasItsIdFromItsFirstTurn() {
        try (OpenCodeCli agent = fake.agent();
                AgentSession session = agent.open()) {
            assertThatThrownBy(session::id)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("first turn");
            assertThat(session.run("hi").messageId()).isEqualTo("msg_1");
            assertThat(session.id()).isEqualTo("ses_1");
            session.run("again");
        }
        assertThat(fake.runs()).containsExactly("run --format=json", "run --format=json --session=ses_1");
    }

    @Test
    void aSessionThatDoesNotExistIsNotResumed() {
        try (OpenCodeCli agent = fake.agent()) {
            assertThatThrownBy(() -> agent.resume("ses_9", SessionOptions.DEFAULT))
                    .isInstanceOf(SessionNotFoundException.class)
                    .hasMessageContaining("ses_9");
            assertThatThrownBy(() -> agent.resume("--help", SessionOptions.DEFAULT))
                    .isInstanceOf(SessionNotFoundException.class);
        }
        assertThat(fake.exports()).containsExactly("export ses_9");
    }

    @Test
    void filesGoWithAPrompt() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.txt"), "mine");
        fake.run("case \"$*\" in *--help*) echo '  -f, --file  x';; *) for a in \"$@\"; do case \"$a\" in --file=*)"
                + " cat \"${a#--file=}\" >> \"$DIR/files\"; echo \" ${a##*/}\" >> \"$DIR/files\";; esac; done; "
                + fake.cat("printed", Lines.tapped("fine").toArray(String[]::new)) + ";; esac");
        Prompt prompt = Prompt.builder("look")
                .attach(Attachment.of("../--odd name.txt", "text/plain", "bytes".getBytes(StandardCharsets.UTF_8)))
                .attach(new Attachment("mine.txt", "text/plain", file.toUri()))
                .attach(new Attachment("t.txt", "text/plain", URI.create("data:text/plain,plain%20+text")))
                .build();
        run(fake.builder(), SessionOptions.DEFAULT, prompt);
        assertThat(fake.lines("files"))
                .containsExactly("bytes ..___--odd name.txt".replace("___", "_"), "mine mine.txt", "plain +text t.txt");
    }

    @Test
    void otherUrlsAreRefused() {
        Prompt prompt = Prompt.builder("look")
                .attach(new Attachment("a", "text/plain", URI.create("https://example.org/a")))
                .build();
        assertThatThrownBy(() -> run(fake.builder(), SessionOptions.DEFAULT, prompt))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThat(fake.runs()).isEmpty();
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> OpenCodeCli.builder().config(Json.parse("[]"))).hasMessageContaining("config");
        assertThatThrownBy(() -> OpenCodeCli.builder().permission(Json.parse("5")))
                .hasMessageContaining("permission");
        assertThatThrownBy(() -> CustomProvider.builder("x").build()).hasMessageContaining("models");
        assertThatThrownBy(() -> McpServer.local("x", List.of())).hasMessageContaining("command");
        assertThatThrownBy(() ->
                        run(fake.builder().directory(folder.resolve("none")), SessionOptions.DEFAULT, Prompt.of("hi")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("directory");
    }
}
