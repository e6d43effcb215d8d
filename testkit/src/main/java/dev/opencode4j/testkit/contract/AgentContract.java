package dev.opencode4j.testkit.contract;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every agent promises, as tests: extend it, say how to open your agent and how to script the model behind it, and
 * see whether programs can use yours in the place of another.
 *
 * <p>What an agent cannot do it says in its {@code capabilities()}; there the contract asks that the operation throws
 * {@code UnsupportedFeatureException} before anything has happened. No test is skipped.
 *
 * <p>Each test gets a rig of its own, so tests may run in parallel, and a marker in each prompt keeps them apart where
 * rigs share a server or a model. The tests take a few seconds for an agent that answers at once: some wait for a limit
 * to pass. They need JUnit 6 alone.
 *
 * @see AgentRig
 */
@ExtendWith(SceneExtension.class)
public abstract class AgentContract
        implements StreamingContract,
                TurnContract,
                SessionContract,
                PromptContract,
                InterruptContract,
                DeadlineContract,
                ConsumerContract,
                FailureContract,
                ToolContract,
                InteractionContract,
                StructuredContract,
                CloseContract {

    /** The rig for one test, which is closed after it. */
    protected abstract AgentRig rig();
}
