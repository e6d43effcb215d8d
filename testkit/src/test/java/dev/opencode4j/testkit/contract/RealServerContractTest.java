package dev.opencode4j.testkit.contract;

import dev.opencode4j.core.Agent;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;

/** The agent over {@code opencode serve}, at each certified version. */
@EachRealVersion
class RealServerContractTest extends AgentContract {

    private final RealOpenCode server;
    private final StagedModel stage;

    RealServerContractTest(RealOpenCode server, ScriptedModel model) {
        this.server = server;
        this.stage = new ScriptedStage(model);
    }

    @Override
    protected AgentRig rig() {
        return new AgentRig() {
            @Override
            public Agent openAgent() {
                return OpenCodeServer.of(OpenCodeClient.builder()
                        .baseUrl(server.baseUri().toString())
                        .username(RealOpenCode.USER)
                        .password(server.password())
                        .build());
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
            public boolean shortensConversations() {
                return true;
            }
        };
    }
}
