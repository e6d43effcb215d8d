package dev.opencode4j.zen;

import dev.opencode4j.core.Agent;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.work.RetryPolicy;
import dev.opencode4j.testkit.contract.AgentContract;
import dev.opencode4j.testkit.contract.AgentRig;
import dev.opencode4j.testkit.contract.ScriptedStage;
import dev.opencode4j.testkit.contract.StagedModel;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.zen.tool.FunctionTool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A model with a tool of the program's own, which is asked again where that may help. */
class ZenWithToolsContractTest extends AgentContract {

    private static final RetryPolicy PATIENT = RetryPolicy.DEFAULT
            .withRetries(1_000)
            .withBase(Duration.ofMillis(100))
            .withCap(Duration.ofMillis(200));

    private static final FunctionTool SHELL = FunctionTool.of(
            "bash",
            "Understands echo and sleep",
            Json.parse("{\"type\":\"object\",\"properties\":{\"command\":{\"type\":\"string\"}}}"),
            arguments -> {
                String command = arguments.node().path("command").asString("");
                if (command.startsWith("sleep ")) TimeUnit.SECONDS.sleep(Long.parseLong(command.substring(6)));
                return command.startsWith("echo ") ? command.substring(5) : "";
            });

    @Override
    protected AgentRig rig() {
        ScriptedModel model = ScriptedModel.start();
        StagedModel stage = new ScriptedStage(model);
        return new AgentRig() {
            @Override
            public Agent openAgent() {
                return Zen.builder()
                        .provider(ZenProvider.at(model.baseUri()))
                        .retry(PATIENT)
                        .tool(SHELL)
                        .build();
            }

            @Override
            public StagedModel model() {
                return stage;
            }

            @Override
            public boolean retries(int status) {
                return status == 429 || status >= 500;
            }

            @Override
            public void close() {
                model.close();
            }
        };
    }
}
