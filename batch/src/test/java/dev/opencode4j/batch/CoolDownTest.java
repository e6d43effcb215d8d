package dev.opencode4j.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.batch.FakeAgent.Kind;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.work.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers that refuse, and clocks that stand still. */
class CoolDownTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();
    private Workshop workshop;

    @BeforeEach
    void prepare() {
        workshop = new Workshop(folder);
    }

    private static Stream<BatchPrompt> prompts(String provider, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> provider + i)
                .map(id -> new BatchPrompt(id, id, Model.of(provider + "/m"), null, null));
    }

    private BatchRun start(FakeAgent agent, int parallel, Stream<BatchPrompt> prompts) {
        return workshop.batch(agent)
                .parallel(parallel)
                .retry(RetryPolicy.DEFAULT.withRetries(5))
                .time(time, time)
                .build()
                .start(prompts);
    }

    /** Too many requests, or an outage that says how long it lasts. */
    private AgentException refusal(boolean isOutage) {
        Instant end = time.instant().plus(MINUTE);
        return isOutage
                ? ServerException.retryable("down", null).comeBackAt(end)
                : new RateLimitException("slow down", null, end);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneRefusalHoldsAllOfThatProviderAndNobodyElse(boolean isOutage) throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        try (FakeAgent agent = new FakeAgent(Kind.WITH_TOOLS, (prompt, attempt, writer) -> {
                    if (prompt.startsWith("slow")) {
                        asked.incrementAndGet();
                        if (refusals.getAndIncrement() == 0) throw refusal(isOutage);
                    }
                    FakeAgent.say(prompt, writer);
                });
                BatchRun run = start(agent, 1, Stream.concat(prompts("slow", 5), prompts("fast", 20)))) {
            await().untilAsserted(() -> assertThat(workshop.all()).hasSize(20));
            assertThat(workshop.byId().keySet()).allMatch(id -> id.startsWith("fast"));
            assertThat(asked).hasValue(1);
            await().untilAsserted(() -> assertThat(time.untilNext()).isEqualTo(MINUTE));
            time.advance(MINUTE.minusNanos(1));
            assertThat(asked).hasValue(1);
            time.advance(Duration.ofNanos(1));
            assertThat(run.result().progress().completed()).isEqualTo(25);
            assertThat(workshop.result("slow1").path("attempts")).hasSize(2);
        }
    }

    @Test
    void aPauseHoldsNoPlace() throws Exception {
        try (FakeAgent agent = new FakeAgent(Kind.WITH_TOOLS, (prompt, attempt, writer) -> {
                    if (prompt.equals("x1") && attempt == 1) throw ServerException.retryable("not now", null);
                    FakeAgent.say(prompt, writer);
                });
                BatchRun run = start(agent, 1, prompts("x", 10))) {
            await().untilAsserted(() -> assertThat(workshop.all()).hasSize(9));
            assertThat(workshop.result("x1")).isNull();
            await().untilAsserted(() -> assertThat(time.untilNext()).isNotNull());
            time.advance(time.untilNext());
            assertThat(run.result().progress().completed()).isEqualTo(10);
        }
    }

    @Test
    void aProviderHasItsOwnLimit() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch others = new CountDownLatch(4);
        try (FakeAgent agent = new FakeAgent(Kind.BARE, (prompt, attempt, writer) -> {
                    if (prompt.startsWith("tight")) {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        inside.countDown();
                        others.await();
                        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
                        now.decrementAndGet();
                    } else {
                        others.countDown();
                        others.await();
                    }
                    FakeAgent.say(prompt, writer);
                });
                BatchRun run = workshop.batch(agent)
                        .parallel(6)
                        .providers(ProviderLimits.NONE.with("tight", 2))
                        .build()
                        .start(Stream.concat(prompts("tight", 10), prompts("wide", 4)))) {
            assertThat(run.result().progress().completed()).isEqualTo(14);
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void whatCouldOnlyWaitForEverFailsAtOnce() throws IOException {
        try (FakeAgent agent = FakeAgent.echo(Kind.BARE);
                BatchRun run = workshop.batch(agent)
                        .providers(ProviderLimits.NONE.with("none", 0))
                        .build()
                        .start(Stream.concat(prompts("none", 2), prompts("some", 1)))) {
            assertThat(run.result().progress().failed()).isEqualTo(2);
            assertThat(workshop.result("none1").at("/error/message").asString()).contains("'none'", "limit of 0");
            assertThat(workshop.result("some1").path("status").asString()).isEqualTo("completed");
            assertThat(agent.times("none1")).isZero();
        }
    }

    @Test
    void aRefusalThatLastsIsAFailureInTheEnd() throws Exception {
        try (FakeAgent agent = new FakeAgent(Kind.WITH_TOOLS, (prompt, attempt, writer) -> {
                    throw new RateLimitException(
                            "slow down", null, time.instant().plus(MINUTE));
                });
                BatchRun run = start(agent, 4, prompts("x", 1))) {
            for (int retry = 1; retry <= 5; retry++) {
                int times = retry;
                await().untilAsserted(() -> {
                    assertThat(agent.times("x1")).isEqualTo(times);
                    assertThat(time.untilNext()).isEqualTo(MINUTE);
                });
                time.advance(MINUTE);
            }
            assertThat(run.result().progress().failed()).isEqualTo(1);
            assertThat(workshop.result("x1").at("/error/class").asString()).isEqualTo("RateLimitException");
            assertThat(workshop.result("x1").path("attempts")).hasSize(6);
        }
    }
}
