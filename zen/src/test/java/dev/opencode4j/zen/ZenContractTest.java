package dev.opencode4j.zen;

import dev.opencode4j.core.Agent;
import dev.opencode4j.core.work.RetryPolicy;
import dev.opencode4j.testkit.contract.AgentContract;
import dev.opencode4j.testkit.contract.AgentRig;
import dev.opencode4j.testkit.contract.ScriptedStage;
import dev.opencode4j.testkit.contract.StagedModel;
import dev.opencode4j.testkit.model.ScriptedModel;

/** A bare model that is asked once. */
class ZenContractTest extends AgentContract {

    @Override
    protected AgentRig rig() {
        ScriptedModel model = ScriptedModel.start();
        StagedModel stage = new ScriptedStage(model);
        return new AgentRig() {
            @Override
            public Agent openAgent() {
                return Zen.builder()
                        .provider(ZenProvider.at(model.baseUri()))
                        .retry(RetryPolicy.NONE)
                        .build();
            }

            @Override
            public StagedModel model() {
                return stage;
            }

            @Override
            public void close() {
                model.close();
            }
        };
    }
}
