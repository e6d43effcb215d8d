/**
 * What every agent promises, as tests that an agent of your own can be put to.
 *
 * <p>A class extends {@link dev.opencode4j.testkit.contract.AgentContract} and gives it a rig:
 *
 * <pre>{@code
 * class MyAgentContractTest extends AgentContract {
 *
 *     @Override
 *     protected AgentRig rig() {
 *         ScriptedModel model = ScriptedModel.start();
 *         StagedModel stage = new ScriptedStage(model);
 *         return new AgentRig() {
 *             public Agent openAgent() { return new MyAgent(model.baseUri()); }
 *
 *             public StagedModel model() { return stage; }
 *
 *             public void close() { model.close(); }
 *         };
 *     }
 * }
 * }</pre>
 *
 * <p>An agent that does not talk to an OpenAI-compatible endpoint brings a {@link
 * dev.opencode4j.testkit.contract.StagedModel} of its own.
 */
@NullMarked
package dev.opencode4j.testkit.contract;

import org.jspecify.annotations.NullMarked;
