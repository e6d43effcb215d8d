package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.server.OneAnswerServer;
import dev.opencode4j.server.internal.http.Address;
import dev.opencode4j.server.internal.http.Limits;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.stream.StreamSettings;
import dev.opencode4j.server.internal.v1.Refusals;
import dev.opencode4j.server.internal.v1.SessionRoutes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrdersTest {

    private static final int AT_ONCE = 64;

    /** Each request under way holds a thread before Java 21. */
    @Test
    void manyTurnsThatAreInterruptedTogetherAbortAFewAtATime() throws Exception {
        CountDownLatch full = new CountDownLatch(AT_ONCE);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (OneAnswerServer server = new OneAnswerServer((request, connection) -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    full.countDown();
                    full.await(30, TimeUnit.SECONDS);
                    underWay.decrementAndGet();
                    connection.answer(200, "application/json", "true");
                });
                Transport transport = new Transport(
                        Address.of(server.url(), Map.of()),
                        null,
                        new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60)),
                        Instrumentation.none(),
                        new Refusals());
                ServerLink link = new ServerLink(transport, StreamSettings.DEFAULT)) {
            CompletableFuture<?>[] orders = Stream.generate(() -> link.in("").order(SessionRoutes.abort("ses_1")))
                    .limit(300)
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(orders).get(60, TimeUnit.SECONDS);
            assertThat(most.get()).isEqualTo(AT_ONCE);
        }
    }
}
