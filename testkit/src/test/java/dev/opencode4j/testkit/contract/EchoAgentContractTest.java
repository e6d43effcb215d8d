package dev.opencode4j.testkit.contract;

import dev.opencode4j.core.Agent;

/** An agent of a user's own is put to the contract, with nothing of OpenCode behind it. */
class EchoAgentContractTest extends AgentContract {

    @Override
    protected AgentRig rig() {
        EchoStage stage = new EchoStage();
        return new AgentRig() {
            @Override
            public Agent openAgent() {
                return new EchoAgent(stage);
            }

            @Override
            public StagedModel model() {
                return stage;
            }

            @Override
            public boolean countsTokens() {
                return false;
            }
        };
    }
}
