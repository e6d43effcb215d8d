package dev.opencode4j.testkit.contract;

import dev.opencode4j.core.Agent;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.testkit.impostor.Impostor;

/** The agent over {@code opencode serve}, at an impostor. */
class ImpostorServerContractTest extends AgentContract {

    @Override
    protected AgentRig rig() {
        Impostor impostor = Impostor.start();
        StagedModel stage = new ImpostorStage(impostor);
        return new AgentRig() {
            @Override
            public Agent openAgent() {
                return OpenCodeServer.of(OpenCodeClient.builder()
                        .baseUrl(impostor.url().toString())
                        .password(null)
                        .build());
            }

            @Override
            public StagedModel model() {
                return stage;
            }

            @Override
            public void close() {
                impostor.close();
            }
        };
    }
}
