package dev.opencode4j.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.batch.FakeAgent.Kind;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.IdleTimeout;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.work.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Which failed attempts are followed by another. */
class RetryTest {

    private static final RetryPolicy TWICE = RetryPolicy.DEFAULT.withBase(Duration.ofMillis(1));
    private static final RetryPolicy RERUN = RetryPolicy.rerun(1).withBase(Duration.ofMillis(1));

    @TempDir
    private Path folder;

    private static FakeAgent failing(Kind kind, int failures, String tool, Supplier<AgentException> error) {
        return new FakeAgent(kind, (prompt, time, writer) -> {
            if (!tool.isEmpty()) FakeAgent.use(tool, writer);
            FakeAgent.say("try " + time, writer);
            if (time <= failures) throw error.get();
        });
    }

    private static AgentException unavailable() {
        return ServerException.retryable("come back later", null);
    }

    private JsonNode run(FakeAgent agent, RetryPolicy retry) throws IOException {
        Workshop workshop = new Workshop(folder);
        try (agent;
                BatchRun run = workshop.batch(agent).retry(retry).build().start(Workshop.prompts(1))) {
            run.result();
        }
        return workshop.result("p1");
    }

    @Test
    void aRefusalIsTriedAgainAndEveryAttemptIsKept() throws IOException {
        FakeAgent agent = failing(Kind.WITH_TOOLS, 2, "", RetryTest::unavailable);
        JsonNode result = run(agent, TWICE);
        assertThat(result.path("status").asString()).isEqualTo("completed");
        assertThat(result.path("text").asString()).isEqualTo("try 3");
        assertThat(result.path("attempts")).hasSize(3);
        assertThat(result.at("/attempts/0/error").asString()).isEqualTo("come back later");
        assertThat(result.path("cost").decimalValue()).isEqualByComparingTo("0.003");
        assertThat(result.at("/usage/output").asLong()).isEqualTo(6);
        assertThat(result.has("rerun")).isFalse();
    }

    @Test
    void theLastFailureKeepsThemToo() throws IOException {
        FakeAgent agent = failing(Kind.WITH_TOOLS, 9, "", RetryTest::unavailable);
        JsonNode result = run(agent, TWICE);
        assertThat(result.path("status").asString()).isEqualTo("failed");
        assertThat(result.path("text").asString()).isEqualTo("try 3");
        assertThat(result.path("attempts")).hasSize(3);
        assertThat(result.path("cost").decimalValue()).isEqualByComparingTo("0.003");
        assertThat(agent.times("p1")).isEqualTo(3);
    }

    @Test
    void anAgentThatHasUsedToolsIsNotRunAgain() throws IOException {
        FakeAgent agent = failing(Kind.WITH_TOOLS, 1, "bash", RetryTest::unavailable);
        assertThat(run(agent, TWICE).path("status").asString()).isEqualTo("failed");
        assertThat(agent.times("p1")).isEqualTo(1);
    }

    @Test
    void norOneThatMayHave() throws IOException {
        FakeAgent agent = failing(Kind.WITH_TOOLS, 1, "", () -> new ConnectionException("cut", null, null));
        assertThat(run(agent, TWICE).path("status").asString()).isEqualTo("failed");
        assertThat(agent.times("p1")).isEqualTo(1);
    }

    @Test
    void unlessThatIsAllowed() throws IOException {
        FakeAgent agent = failing(Kind.WITH_TOOLS, 1, "bash", () -> new IdleTimeout(Duration.ofSeconds(1), null));
        assertThat(run(agent, RERUN).path("status").asString()).isEqualTo("completed");
        assertThat(agent.times("p1")).isEqualTo(2);
    }

    @Test
    void aBareModelHasNoEffectsToRepeat() throws IOException {
        FakeAgent agent = failing(Kind.BARE, 1, "", () -> new ConnectionException("cut", null, null));
        assertThat(run(agent, TWICE).path("status").asString()).isEqualTo("completed");
        assertThat(agent.times("p1")).isEqualTo(2);
    }

    @Test
    void aTurnThatWasLostFromSightIsLookedForAndNotSentAgain() throws IOException {
        boolean[] cut = {true};
        FakeAgent agent = new FakeAgent(Kind.REATTACHING, (prompt, time, writer) -> {
            FakeAgent.say(prompt, writer);
            if (cut[0]) {
                cut[0] = false;
                throw new ConnectionException("cut", null, null);
            }
        });
        JsonNode result = run(agent, TWICE);
        assertThat(result.path("status").asString()).isEqualTo("completed");
        assertThat(agent.times("p1")).isEqualTo(1);
        assertThat(agent.joined()).containsExactly("p1");
        assertThat(result.path("cost").decimalValue()).isEqualByComparingTo("0.001");
    }

    @Test
    void whatAnotherRunCannotMendIsNotRunAgain() throws IOException {
        FakeAgent agent = failing(Kind.BARE, 9, "", () -> new BillingException("no credit", null, null));
        assertThat(run(agent, RERUN).at("/error/class").asString()).isEqualTo("BillingException");
        assertThat(agent.times("p1")).isEqualTo(1);
    }
}
