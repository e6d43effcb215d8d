package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** So many at once, the others in line. */
class GateTest {

    private final List<CompletableFuture<String>> requests = new ArrayList<>();

    private CompletableFuture<String> request() {
        CompletableFuture<String> request = new CompletableFuture<>();
        requests.add(request);
        return request;
    }

    @Test
    void letsSoManyThroughInTheOrderInWhichTheyCame() {
        Gate gate = new Gate(2);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) answers.add(gate.pass(this::request));
        assertThat(requests).hasSize(2);
        requests.get(1).complete("b");
        assertThat(requests).hasSize(3);
        requests.get(0).completeExceptionally(new IllegalStateException("a"));
        assertThat(requests).hasSize(4);
        requests.get(2).complete("c");
        requests.get(3).complete("d");
        requests.get(4).complete("e");
        assertThat(answers.get(0)).isCompletedExceptionally();
        assertThat(answers.subList(1, 5).stream().map(CompletableFuture::join)).containsExactly("b", "c", "d", "e");
    }

    @Test
    void aRequestThatThrowsLeavesItsPlaceToTheNext() {
        Gate gate = new Gate(1);
        CompletableFuture<String> thrown = gate.pass(() -> {
            throw new IllegalStateException("closed");
        });
        assertThat(thrown).isCompletedExceptionally();
        assertThat(gate.pass(() -> CompletableFuture.completedFuture("next"))).isCompletedWithValue("next");
    }

    /** As when a client is closed while thousands of turns wait. */
    @Test
    void aLongLineThatFailsAtOnceDoesNotOverflowTheStack() {
        Gate gate = new Gate(1);
        CompletableFuture<String> first = gate.pass(this::request);
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < 100_000; i++) {
            gate.<String>pass(() -> CompletableFuture.failedFuture(new IllegalStateException("closed")))
                    .whenComplete((value, failure) -> failed.incrementAndGet());
        }
        requests.get(0).complete("gone");
        assertThat(first).isCompletedWithValue("gone");
        assertThat(failed).hasValue(100_000);
    }

    @Test
    void neverMoreThanItsWidthWhoeverComesAndGoes() throws InterruptedException {
        Gate gate = new Gate(3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 2_000; n++) {
                    gate.pass(() -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        return CompletableFuture.supplyAsync(inside::decrementAndGet);
                    });
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) thread.join();
        assertThat(gate.pass(() -> CompletableFuture.completedFuture(1))).succeedsWithin(Duration.ofSeconds(30));
        assertThat(most.get()).isBetween(1, 3);
    }
}
