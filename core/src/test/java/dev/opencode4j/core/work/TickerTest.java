package dev.opencode4j.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.spi.Threads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TickerTest {

    private static ConnectionException refusal(Ticker ticker) {
        ConnectionException refusal =
                catchThrowableOfType(ConnectionException.class, () -> ticker.schedule(Duration.ZERO, () -> {}));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    @Test
    void aClosedTimeSaysSoToEachWithAnErrorOfItsOwn() {
        ScheduledExecutorService timer = Threads.timer("ticker-test");
        Ticker ticker = Ticker.system(timer);
        timer.shutdownNow();
        assertThat(refusal(ticker)).hasMessageContaining("was closed").isNotSameAs(refusal(ticker));
        assertThat(refusal(ticker).isRetryable()).isFalse();
    }

    @Test
    void whatWasPlannedIsDroppedWhenTheTimeIsClosed() throws Exception {
        ScheduledExecutorService timer = Threads.timer("ticker-test");
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        Ticker ticker = Ticker.system(timer);
        ticker.schedule(Duration.ZERO, first::countDown);
        ticker.schedule(Duration.ofHours(1), ran::incrementAndGet);
        assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
        timer.shutdownNow();
        assertThat(timer.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).hasValue(0);
    }

    @Test
    void theTimeOfTestsClosesLikeTheSystems() {
        ManualTicker ticker = new ManualTicker();
        ticker.schedule(Duration.ofSeconds(1), () -> {});
        ticker.close();
        assertThat(ticker.planned()).isZero();
        assertThat(refusal(ticker)).hasMessage(refusal(closedSystem()).getMessage());
    }

    private static Ticker closedSystem() {
        ScheduledExecutorService timer = Threads.timer("ticker-test");
        timer.shutdownNow();
        return Ticker.system(timer);
    }
}
