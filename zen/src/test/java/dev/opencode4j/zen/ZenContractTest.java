package dev.opencode4j.zen;

import dev.opencode4j.core.Agent;
import dev.opencode4j.testkit.contract.AgentContract;
import dev.opencode4j.testkit.contract.AgentRig;
import dev.opencode4j.testkit.contract.ScriptedStage;
import dev.opencode4j.testkit.contract.StagedModel;
import dev.opencode4j.testkit.model.ScriptedModel;

/** A bare model that is asked once. */
class ZenContractTest extends AgentContract {

    /** Chooses what sends the requests. */
    ZenBuilder overTransport(ZenBuilder builder) {
        return builder;
    }

    @Override
    protected AgentRig rig() {
        ScriptedModel model = ScriptedModel.start();
        StagedModel stage = new ScriptedStage(model);
        return new AgentRig() {
            @Override
            public Agent openAgent() {
                return overTransport(Rig.once(model.baseUri())).build();
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
