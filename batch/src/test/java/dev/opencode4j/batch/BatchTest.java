package dev.opencode4j.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.batch.BatchSummary.Ending;
import dev.opencode4j.batch.FakeAgent.Kind;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.work.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class BatchTest {

    @TempDir
    private Path folder;

    private Workshop workshop;
    private FakeAgent agent = FakeAgent.echo(Kind.BARE);

    @BeforeEach
    void prepare() {
        workshop = new Workshop(folder);
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void eachPromptHasOneResultWithAllThatIsKnownOfIt() throws IOException {
        BatchSummary summary = run(workshop.batch(agent), "{\"id\":\"a\",\"prompt\":\"Grüße\"}");
        JsonNode line = workshop.result("a");
        assertThat(line.propertyNames())
                .containsExactly("id", "status", "text", "usage", "cost", "attempts", "sessionId");
        assertThat(line.path("status").asString()).isEqualTo("completed");
        assertThat(line.path("text").asString()).isEqualTo("echo Grüße");
        assertThat(line.at("/usage/input").asLong()).isEqualTo(10);
        assertThat(line.path("cost").decimalValue()).isEqualByComparingTo("0.001");
        assertThat(line.path("attempts")).hasSize(1);
        assertThat(line.at("/attempts/0").propertyNames())
                .containsExactly("startedAt", "duration", "usage", "cost", "error");
        assertThat(line.path("sessionId").asString()).startsWith("ses_");
        assertThat(summary.isFlawless()).isTrue();
        assertThat(summary.progress().completed()).isEqualTo(1);
        assertThat(summary.progress().cost()).isEqualByComparingTo("0.001");
    }

    @Test
    void tenThousandPromptsEachRunOnceAndNeverMoreAtOnceThanAllowed() throws IOException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        agent = new FakeAgent(Kind.BARE, (prompt, time, writer) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            FakeAgent.say(prompt, writer);
            now.decrementAndGet();
        });
        AtomicInteger ahead = new AtomicInteger();
        AtomicInteger furthest = new AtomicInteger();
        BatchListener listener = new BatchListener() {
            @Override
            public void finished(BatchResult result, BatchProgress progress) {
                ahead.decrementAndGet();
            }
        };
        BatchSummary summary;
        try (BatchRun run = workshop.batch(agent)
                .parallel(8)
                .listener(listener)
                .build()
                .start(Workshop.prompts(10_000)
                        .peek(prompt -> furthest.accumulateAndGet(ahead.incrementAndGet(), Math::max)))) {
            summary = run.result();
        }
        assertThat(summary.progress().completed()).isEqualTo(10_000);
        assertThat(most.get()).isBetween(1, 8);
        assertThat(furthest.get()).as("how many were in memory").isLessThan(300);
        assertThat(workshop.byId()).hasSize(10_000);
        assertThat(IntStream.rangeClosed(1, 10_000).allMatch(i -> agent.times("p" + i) == 1))
                .isTrue();
    }

    @Test
    void badLinesAreToldWithTheirNumberAndSkipped() throws IOException {
        List<BadLine> bad = new ArrayList<>();
        BatchSummary summary = run(
                workshop.batch(agent).listener(collecting(bad)),
                "{\"id\":\"a\",\"prompt\":\"1\"}",
                "",
                "{\"id\":\"b\"",
                "{\"id\":\"a\",\"prompt\":\"2\"}",
                "{\"id\":\"c\",\"prompt\":\"3\"}");
        assertThat(bad).extracting(BadLine::number).containsExactly(3L, 4L);
        assertThat(bad.get(1).reason()).contains("'a'", "before");
        assertThat(workshop.byId().keySet()).containsExactlyInAnyOrder("a", "c");
        assertThat(summary.progress().badLines()).isEqualTo(2);
        assertThat(summary.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(summary.isFlawless()).isFalse();
        assertThat(agent.times("2")).isZero();
    }

    @Test
    void aBadLineMayStopItAfterWhatStandsBefore() throws IOException {
        BatchSummary summary = run(
                workshop.batch(agent).onBadLine(OnBadLine.STOP),
                "{\"id\":\"a\",\"prompt\":\"1\"}",
                "no JSON",
                "{\"id\":\"c\",\"prompt\":\"3\"}");
        assertThat(summary.ending()).isEqualTo(Ending.BAD_LINE);
        assertThat(workshop.byId().keySet()).containsExactly("a");
        assertThat(agent.times("3")).isZero();
    }

    @Test
    void oldResultsAreRefusedUnlessTheyAreResumed() throws IOException {
        run(workshop.batch(agent), "{\"id\":\"a\",\"prompt\":\"1\"}");
        assertThatThrownBy(() -> run(workshop.batch(agent), "{\"id\":\"b\",\"prompt\":\"2\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--resume");
        BatchSummary summary = run(
                workshop.batch(agent).resume(), "{\"id\":\"a\",\"prompt\":\"1\"}", "{\"id\":\"b\",\"prompt\":\"2\"}");
        assertThat(summary.progress().finishedBefore()).isEqualTo(1);
        assertThat(summary.progress().completed()).isEqualTo(1);
        assertThat(workshop.byId().keySet()).containsExactlyInAnyOrder("a", "b");
        assertThat(agent.times("1")).isEqualTo(1);
    }

    @Test
    void whatIsTakenOutOfTheResultsIsRunAgain() throws IOException {
        run(workshop.batch(agent), "{\"id\":\"a\",\"prompt\":\"1\"}");
        Files.writeString(workshop.results(), "");
        run(workshop.batch(agent).resume(), "{\"id\":\"a\",\"prompt\":\"1\"}");
        assertThat(agent.times("1")).isEqualTo(2);
        assertThat(workshop.result("a").has("rerun")).isFalse();
    }

    @Test
    void twoRunsDoNotShareTheirFiles() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        agent = new FakeAgent(Kind.BARE, (prompt, time, writer) -> go.await());
        try (BatchRun run = workshop.batch(agent).build().start(Workshop.prompts(1))) {
            assertThatThrownBy(() -> workshop.batch(agent).resume().build().start(Workshop.prompts(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use");
            go.countDown();
            run.result();
        }
        assertThat(run(workshop.batch(agent).resume()).isFlawless()).isTrue();
    }

    @Test
    void aFileThatIsNoLedgerIsLeftAsItIs() throws IOException {
        Files.writeString(workshop.ledger(), "Dear diary,\ntoday\n");
        assertThatThrownBy(() -> run(workshop.batch(agent).resume())).hasMessageContaining("line 1");
        assertThat(workshop.ledger()).hasContent("Dear diary,\ntoday\n");
    }

    @Test
    void aPromptsOwnModelAgentAndSchemaAreSent() {
        BatchPrompt prompt = new BatchPrompt("a", "Hi", Model.of("x/y"), "plan", Json.parse("{\"type\":\"object\"}"));
        assertThat(prompt.toPrompt().model()).hasToString("x/y");
        assertThat(prompt.toPrompt().agent()).isEqualTo("plan");
        assertThat(prompt.toPrompt().schema()).hasToString("{\"type\":\"object\"}");
    }

    @Test
    void sessionsAreNamedForTheirPrompt() throws IOException {
        run(workshop.batch(agent), "{\"id\":\"a\",\"prompt\":\"1\"}");
        run(workshop.batch(agent).resume().session(SessionOptions.titled("Mine")), "{\"id\":\"b\",\"prompt\":\"2\"}");
        assertThat(agent.titles()).containsExactly("a", "Mine");
    }

    @Test
    void aSessionMayGetItsIdFromItsTurn() throws IOException {
        agent.nameLate();
        run(workshop.batch(agent), "{\"id\":\"a\",\"prompt\":\"1\"}");
        assertThat(workshop.result("a").path("sessionId").asString()).startsWith("ses_");
    }

    @Test
    void whatTheListenerThrowsEndsTheBatchWhichCanBeResumed() throws IOException {
        BatchListener listener = new BatchListener() {
            @Override
            public void finished(BatchResult result, BatchProgress progress) {
                throw new IllegalStateException("enough");
            }
        };
        assertThatThrownBy(() -> workshop.batch(agent)
                        .listener(listener)
                        .parallel(1)
                        .build()
                        .start(Workshop.prompts(5))
                        .result())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
        assertThat(workshop.byId()).hasSize(1);
        assertThat(run(workshop.batch(agent).resume(), Workshop.prompts(5)).isFlawless())
                .isTrue();
        assertThat(IntStream.rangeClosed(1, 5).allMatch(i -> agent.times("p" + i) == 1))
                .isTrue();
    }

    @Test
    void aSessionThatCannotBeOpenedIsNoPromptsFault() throws IOException {
        agent.door(() -> {
            throw new ConnectionException("nobody is there", null, null);
        });
        RetryPolicy none = RetryPolicy.NONE;
        assertThatThrownBy(() -> run(workshop.batch(agent).retry(none), Workshop.prompts(5)))
                .isInstanceOf(ConnectionException.class);
        assertThat(workshop.results()).isEmptyFile();
        agent.door(() -> {});
        assertThat(run(workshop.batch(agent).resume(), Workshop.prompts(5)).isFlawless())
                .isTrue();
    }

    @Test
    void aFailureIsAResultToo() throws IOException {
        agent = new FakeAgent(Kind.BARE, (prompt, time, writer) -> {
            FakeAgent.say("Well", writer);
            throw new BadRequestException("no such model", null, null);
        });
        BatchSummary summary = run(workshop.batch(agent), "{\"id\":\"a\",\"prompt\":\"1\"}");
        JsonNode line = workshop.result("a");
        assertThat(summary.progress().failed()).isEqualTo(1);
        assertThat(line.path("status").asString()).isEqualTo("failed");
        assertThat(line.path("text").asString()).isEqualTo("Well");
        assertThat(line.path("cost").decimalValue()).isEqualByComparingTo("0.001");
        assertThat(line.at("/error/class").asString()).isEqualTo("BadRequestException");
        assertThat(line.at("/error/message").asString()).contains("no such model");
        assertThat(agent.times("1")).isEqualTo(1);
    }

    @Test
    void resultsDoNotWaitForTheSlowest() throws Exception {
        Set<String> done = ConcurrentHashMap.newKeySet();
        CountDownLatch nine = new CountDownLatch(9);
        agent = new FakeAgent(Kind.BARE, (prompt, time, writer) -> {
            if (prompt.equals("p1")) nine.await();
            FakeAgent.say(prompt, writer);
        });
        BatchListener listener = new BatchListener() {
            @Override
            public void finished(BatchResult result, BatchProgress progress) {
                done.add(result.id());
                nine.countDown();
            }
        };
        assertThat(run(workshop.batch(agent).parallel(2).listener(listener), Workshop.prompts(10))
                        .isFlawless())
                .isTrue();
        assertThat(done).hasSize(10);
    }

    private static BatchListener collecting(List<BadLine> to) {
        return new BatchListener() {
            @Override
            public void badLine(BadLine line, BatchProgress progress) {
                to.add(line);
            }
        };
    }

    private static BatchSummary run(Batch.Builder batch, String... lines) {
        InputStream input = Workshop.lines(lines);
        try (BatchRun run = batch.build().start(input)) {
            return run.result();
        }
    }

    private static BatchSummary run(Batch.Builder batch, Stream<BatchPrompt> prompts) {
        try (BatchRun run = batch.build().start(prompts)) {
            return run.result();
        }
    }
}
