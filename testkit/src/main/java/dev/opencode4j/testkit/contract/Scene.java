package dev.opencode4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opencode4j.core.Agent;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Capabilities;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.prompt.Prompt;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.function.Executable;

/** One test's agent, and the model behind it. */
final class Scene implements AutoCloseable {

    /** How long anything may take on a slow machine. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long what happens at once may take on a slow machine: how fast it is, benchmarks measure. */
    static final Duration SOON = Duration.ofSeconds(5);

    private final AgentRig rig;
    private final Agent agent;

    Scene(AgentRig rig) {
        this.rig = rig;
        this.agent = rig.openAgent();
    }

    AgentRig rig() {
        return rig;
    }

    Agent agent() {
        return agent;
    }

    StagedModel model() {
        return rig.model();
    }

    Capabilities can() {
        return agent.capabilities();
    }

    /** A word that no other prompt has. */
    static String word() {
        return "word" + UUID.randomUUID().toString().replace("-", "");
    }

    AgentSession open() {
        return open(options -> options);
    }

    /** A session that is allowed everything. */
    AgentSession open(UnaryOperator<SessionOptions.Builder> settings) {
        SessionOptions.Builder options = SessionOptions.builder();
        options.timeouts(Timeouts.DEFAULT.withTurn(PATIENCE));
        options.permissions(PermissionPolicy.once());
        return agent.open(settings.apply(options).build());
    }

    /** Runs a turn, in a session of its own, that completes. */
    Told complete(String prompt) {
        return complete(Prompt.of(prompt));
    }

    Told complete(Prompt prompt) {
        try (AgentSession session = open()) {
            return Told.by(session.start(prompt)).completed();
        }
    }

    /** The operation is refused because the agent can't do that, and the model has not heard of it. */
    void isUnsupported(String cue, Executable operation) {
        assertThrows(UnsupportedFeatureException.class, operation);
        assertEquals(0, model().timesRun(cue), "prompts that reached the model");
    }

    @Override
    public void close() {
        try {
            agent.close();
        } finally {
            rig.close();
        }
    }
}
