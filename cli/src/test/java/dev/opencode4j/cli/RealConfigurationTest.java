package dev.opencode4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.Answer;
import dev.opencode4j.testkit.model.ModelRequest;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import tools.jackson.databind.JsonNode;

/** What is configured in Java reaches a real OpenCode: servers of tools, and providers that it does not know. */
@Tag("long")
class RealConfigurationTest {

    private static final String KEY = "sk-of-the-gateway-4711";

    private static final SessionOptions ALLOWING =
            SessionOptions.builder().permissions(PermissionPolicy.once()).build();

    private static McpServer program(String name, String mark) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ToolServer.class.getName());
        return McpServer.local(name, command, Map.of("MARK", mark));
    }

    @EachRealVersion
    void toolsOfServersNearAndFar(OpenCodeVersion version) throws IOException {
        try (ToolServer server = ToolServer.start(" from afar", KEY);
                Real real = new Real(version);
                OpenCodeCli agent = real.builder()
                        .mcp(McpServer.remote("far", server.url(), Map.of("X-Token", KEY)))
                        .mcp(program("near", " from nearby"))
                        .build()) {
            real.model.on("shout", request -> switch (request.toolResults()) {
                case 0 -> Answer.empty().call("near_shout", Map.of("words", "hello"));
                case 1 -> Answer.empty().call("far_shout", Map.of("words", "hello"));
                default -> Answer.words("Both shouted.");
            });
            TurnResult result = agent.open(ALLOWING).run("do #shout");
            assertThat(result.text()).isEqualTo("Both shouted.");
            assertThat(result.reply().finishedTools())
                    .extracting(ToolPart::tool)
                    .containsExactly("near_shout", "far_shout");
            assertThat(result.reply().finishedTools().get(0).output()).contains("hello from nearby");
            assertThat(result.reply().finishedTools().get(1).output()).contains("hello from afar");
        }
    }

    /** An agent that knows the gateway's one model, with these settings. */
    private static OpenCodeCli agent(Real real, ScriptedModel gateway, Map<String, ?> settings) {
        return real.builder()
                .provider(CustomProvider.builder("gateway")
                        .baseUrl(gateway.baseUri())
                        .apiKey(KEY)
                        .model("house-blend", Json.of(settings))
                        .build())
                .build();
    }

    private static Stream<JsonNode> prompts(ScriptedModel gateway) {
        return gateway.requests().stream().filter(request -> !request.isTitle()).map(ModelRequest::body);
    }

    @EachRealVersion
    void aProviderThatNobodyKnows(OpenCodeVersion version) {
        try (Real real = new Real(version);
                ScriptedModel gateway = ScriptedModel.start();
                OpenCodeCli agent = agent(real, gateway, Map.of("limit", Map.of("context", 9000, "output", 700)))) {
            SessionOptions options = SessionOptions.builder()
                    .model(Model.of("gateway/house-blend"))
                    .build();
            assertThat(agent.open(options).run("by the gateway").text()).isEqualTo("You said: by the gateway");
            assertThat(real.model.timesRun("by the gateway")).isZero();
            assertThat(gateway.timesRun("by the gateway")).isEqualTo(1);
            assertThat(prompts(gateway))
                    .allMatch(body -> body.path("model").asString().equals("house-blend"));
        }
    }

    @EachRealVersion
    void aVariantOfAModel(OpenCodeVersion version) {
        Map<String, ?> variants = Map.of("deep", Map.of("reasoningEffort", "high"));
        try (Real real = new Real(version);
                ScriptedModel gateway = ScriptedModel.start();
                OpenCodeCli agent = agent(real, gateway, Map.of("variants", variants))) {
            SessionOptions options = SessionOptions.builder()
                    .model(Model.of("gateway/house-blend").withVariant("deep"))
                    .build();
            agent.open(options).run("think hard");
            assertThat(prompts(gateway))
                    .extracting(body -> body.path("reasoning_effort").asString(""))
                    .containsExactly("high");
        }
    }
}
