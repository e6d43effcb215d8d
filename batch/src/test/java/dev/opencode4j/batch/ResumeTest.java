package dev.opencode4j.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.batch.FakeAgent.Kind;
import dev.opencode4j.core.work.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What becomes of a prompt that was with the agent when the run before ended. */
class ResumeTest {

    private static final String STARTED =
            "{\"event\":\"started\",\"id\":\"p1\",\"session\":\"ses_old\",\"at\":\"2026-01-01T00:00:00Z\"}\n";

    @TempDir
    private Path folder;

    private Workshop workshop;

    @BeforeEach
    void prepare() throws IOException {
        workshop = new Workshop(folder);
        Files.writeString(workshop.ledger(), STARTED);
    }

    private JsonNode resume(FakeAgent agent, RetryPolicy retry) throws IOException {
        try (agent;
                BatchRun run =
                        workshop.batch(agent).resume().retry(retry).build().start(Workshop.prompts(1))) {
            run.result();
        }
        assertThat(workshop.all()).hasSize(1);
        return workshop.result("p1");
    }

    @Test
    void itsTurnIsJoinedWhereThatCanBe() throws IOException {
        FakeAgent agent = FakeAgent.echo(Kind.REATTACHING);
        agent.remember("ses_old", "p1");
        JsonNode result = resume(agent, RetryPolicy.DEFAULT);
        assertThat(result.path("text").asString()).isEqualTo("echo p1");
        assertThat(result.path("sessionId").asString()).isEqualTo("ses_old");
        assertThat(result.has("rerun")).isFalse();
        assertThat(result.path("attempts")).hasSize(1);
        assertThat(agent.joined()).containsExactly("p1");
        assertThat(agent.times("p1")).isZero();
    }

    @Test
    void aPromptThatNeverArrivedIsSentInTheSameSession() throws IOException {
        FakeAgent agent = FakeAgent.echo(Kind.REATTACHING);
        agent.remember("ses_old", null);
        JsonNode result = resume(agent, RetryPolicy.DEFAULT);
        assertThat(result.path("sessionId").asString()).isEqualTo("ses_old");
        assertThat(result.has("rerun")).isFalse();
        assertThat(agent.times("p1")).isEqualTo(1);
    }

    @Test
    void aSessionThatIsGoneLeavesItOpenWhatHappened() throws IOException {
        FakeAgent agent = FakeAgent.echo(Kind.REATTACHING);
        JsonNode result = resume(agent, RetryPolicy.DEFAULT);
        assertThat(result.at("/error/class").asString()).isEqualTo("AmbiguousSubmitException");
        assertThat(agent.times("p1")).isZero();
    }

    @Test
    void anAgentWithToolsThatCannotBeAskedIsNotRunAgain() throws IOException {
        FakeAgent agent = FakeAgent.echo(Kind.WITH_TOOLS);
        JsonNode result = resume(agent, RetryPolicy.DEFAULT);
        assertThat(result.path("status").asString()).isEqualTo("failed");
        assertThat(result.at("/error/class").asString()).isEqualTo("AmbiguousSubmitException");
        assertThat(result.at("/error/message").asString()).contains("ses_old", "--rerun");
        assertThat(result.path("sessionId").asString()).isEqualTo("ses_old");
        assertThat(agent.times("p1")).isZero();
    }

    @Test
    void norIsOneWhoseSessionHadNoIdYet() throws IOException {
        Files.writeString(workshop.ledger(), STARTED.replace("ses_old", ""));
        JsonNode result = resume(FakeAgent.echo(Kind.WITH_TOOLS), RetryPolicy.DEFAULT);
        assertThat(result.at("/error/class").asString()).isEqualTo("AmbiguousSubmitException");
        assertThat(result.path("sessionId").isNull()).isTrue();
    }

    @Test
    void unlessItIsToBeRunAgain() throws IOException {
        FakeAgent agent = FakeAgent.echo(Kind.WITH_TOOLS);
        JsonNode result = resume(agent, RetryPolicy.rerun(1));
        assertThat(result.path("status").asString()).isEqualTo("completed");
        assertThat(result.path("rerun").asBoolean()).isTrue();
        assertThat(agent.times("p1")).isEqualTo(1);
    }

    @Test
    void anAgentWithoutToolsIsRunAgainAndTheResultSaysSo() throws IOException {
        FakeAgent agent = FakeAgent.echo(Kind.BARE);
        JsonNode result = resume(agent, RetryPolicy.NONE);
        assertThat(result.path("text").asString()).isEqualTo("echo p1");
        assertThat(result.path("rerun").asBoolean()).isTrue();
        assertThat(result.path("attempts")).hasSize(2);
        assertThat(result.at("/attempts/0/startedAt").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(result.at("/attempts/0/error").asString()).contains("lost");
    }

    @ParameterizedTest
    @EnumSource
    void anAttemptThatEndedIsNotInFlight(Kind kind) throws IOException {
        Files.writeString(
                workshop.ledger(),
                STARTED
                        + "{\"event\":\"ended\",\"id\":\"p1\",\"attempts\":[{\"startedAt\":\"2026-01-01T00:00:00Z\","
                        + "\"duration\":1.5,\"usage\":{\"input\":7,\"output\":0,\"reasoning\":0,\"cacheRead\":0,"
                        + "\"cacheWrite\":0},\"cost\":0.5,\"error\":\"slow down\"}]}\n");
        JsonNode result = resume(FakeAgent.echo(kind), RetryPolicy.DEFAULT);
        assertThat(result.path("status").asString()).isEqualTo("completed");
        assertThat(result.has("rerun")).isFalse();
        assertThat(result.path("attempts")).hasSize(2);
        assertThat(result.at("/attempts/0/duration").decimalValue()).isEqualByComparingTo("1.5");
        assertThat(result.at("/usage/input").asLong()).isEqualTo(17);
        assertThat(result.path("cost").decimalValue()).isEqualByComparingTo("0.501");
    }

    @ParameterizedTest
    @EnumSource
    void whatHasItsResultIsFinishedWhateverTheLedgerSays(Kind kind) throws IOException {
        Files.writeString(workshop.results(), "{\"id\":\"p1\",\"status\":\"completed\",\"text\":\"once\"}\n");
        FakeAgent agent = FakeAgent.echo(kind);
        JsonNode result = resume(agent, RetryPolicy.DEFAULT);
        assertThat(result.path("text").asString()).isEqualTo("once");
        assertThat(agent.times("p1")).isZero();
        assertThat(agent.joined()).isEmpty();
    }
}
