package dev.opencode4j.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.batch.BatchSummary.Ending;
import dev.opencode4j.batch.FakeAgent.Kind;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.work.RetryPolicy;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterruptTest {

    @TempDir
    private Path folder;

    private Workshop workshop;

    @BeforeEach
    void prepare() {
        workshop = new Workshop(folder);
    }

    /** An agent whose first two answers never come. */
    private static FakeAgent stuck(Kind kind, CountDownLatch begun, String tool) {
        return new FakeAgent(kind, (prompt, time, writer) -> {
            if (begun.getCount() > 0) {
                if (!tool.isEmpty()) FakeAgent.use(tool, writer);
                begun.countDown();
                new CountDownLatch(1).await();
            }
            FakeAgent.say(prompt, writer);
        });
    }

    private BatchSummary interrupted(FakeAgent agent, CountDownLatch begun) throws InterruptedException {
        try (BatchRun run = workshop.batch(agent).parallel(2).build().start(Workshop.prompts(20))) {
            begun.await();
            run.interrupt();
            return run.result();
        }
    }

    private BatchSummary resumed(FakeAgent agent, RetryPolicy retry) {
        try (BatchRun run = workshop.batch(agent).retry(retry).resume().build().start(Workshop.prompts(20))) {
            return run.result();
        }
    }

    @ParameterizedTest
    @EnumSource
    void itStartsNoMoreAndTheRestIsRunLater(Kind kind) throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        try (FakeAgent agent = stuck(kind, begun, "")) {
            BatchSummary summary = interrupted(agent, begun);
            assertThat(summary.ending()).isEqualTo(Ending.INTERRUPTED);
            assertThat(summary.progress().finished()).isZero();
            assertThat(workshop.results()).isEmptyFile();
            assertThat(agent.times("p3")).isZero();
            assertThat(resumed(agent, RetryPolicy.NONE).progress().completed()).isEqualTo(20);
            assertThat(workshop.byId()).hasSize(20);
            assertThat(workshop.result("p1").path("rerun").asBoolean()).isTrue();
            assertThat(workshop.result("p1").path("attempts")).hasSize(2);
            assertThat(workshop.result("p3").has("rerun")).isFalse();
        }
    }

    @Test
    void aTurnThatHadUsedToolsIsNotRunAgain() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        try (FakeAgent agent = stuck(Kind.REATTACHING, begun, "bash")) {
            interrupted(agent, begun);
            assertThat(resumed(agent, RetryPolicy.DEFAULT).progress().completed())
                    .isEqualTo(18);
            assertThat(workshop.result("p1").at("/error/class").asString()).isEqualTo("InterruptedTurnException");
            assertThat(workshop.result("p1").at("/error/message").asString()).contains("bash", "--rerun");
            assertThat(agent.times("p1")).isEqualTo(1);
        }
    }

    @Test
    void unlessItIsToBe() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        try (FakeAgent agent = stuck(Kind.WITH_TOOLS, begun, "bash")) {
            interrupted(agent, begun);
            assertThat(resumed(agent, RetryPolicy.rerun(1)).progress().completed())
                    .isEqualTo(20);
            assertThat(agent.times("p1")).isEqualTo(2);
            assertThat(workshop.result("p1").path("rerun").asBoolean()).isTrue();
        }
    }

    @Test
    void itDoesNotWaitForASessionThatIsBeingOpened() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        try (FakeAgent agent = FakeAgent.echo(Kind.BARE)) {
            agent.door(() -> {
                opening.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedTurnException("interrupted", null, e);
                }
            });
            try (BatchRun run = workshop.batch(agent).build().start(Workshop.prompts(1))) {
                opening.await();
                run.interrupt();
                assertThat(run.result().ending()).isEqualTo(Ending.INTERRUPTED);
            }
            agent.door(() -> {});
            assertThat(resumed(agent, RetryPolicy.NONE).isFlawless()).isTrue();
            assertThat(workshop.result("p1").has("rerun")).isFalse();
        }
    }

    @Test
    void itDoesNotWaitForWhoeverTypesTheInputNorForACoolDown() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        BatchListener listener = new BatchListener() {
            @Override
            public void coolingDown(String provider, Instant until) {
                refused.countDown();
            }
        };
        try (PipedOutputStream typing = new PipedOutputStream();
                PipedInputStream input = new PipedInputStream(typing);
                FakeAgent agent = new FakeAgent(Kind.BARE, (prompt, time, writer) -> {
                    throw new RateLimitException(
                            "slow down", null, Instant.now().plusSeconds(3600));
                });
                BatchRun run = workshop.batch(agent).listener(listener).build().start(input)) {
            typing.write("{\"id\":\"a\",\"prompt\":\"1\"}\n".getBytes(StandardCharsets.UTF_8));
            typing.flush();
            refused.await();
            run.interrupt();
            assertThat(run.result().ending()).isEqualTo(Ending.INTERRUPTED);
        }
        assertThat(workshop.results()).isEmptyFile();
    }

    @Test
    void whoeverWaitsMayBeInterruptedAndTheBatchGoesOn() throws IOException {
        CountDownLatch go = new CountDownLatch(1);
        try (FakeAgent agent = new FakeAgent(Kind.BARE, (prompt, time, writer) -> go.await());
                BatchRun run = workshop.batch(agent).build().start(Workshop.prompts(3))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(run::result).isInstanceOf(InterruptedTurnException.class);
            assertThat(Thread.interrupted()).isTrue();
            go.countDown();
            assertThat(run.result().isFlawless()).isTrue();
        }
    }
}
