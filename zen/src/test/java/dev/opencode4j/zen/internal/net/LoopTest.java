package dev.opencode4j.zen.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopTest {

    private static boolean isAlive(Loop loop) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        loop.execute(ran::countDown);
        return ran.await(30, TimeUnit.SECONDS);
    }

    @Test
    void whatATaskThrowsConcernsThatTaskAlone() throws InterruptedException {
        try (Loop loop = new Loop()) {
            loop.execute(() -> {
                throw new IllegalStateException("a task that fails, as this test wants it");
            });
            assertThat(isAlive(loop)).isTrue();
            loop.execute(() -> {
                throw new AssertionError("a task that fails badly, as this test wants it");
            });
            loop.execute(() -> loop.afterwards(() -> {
                throw new OutOfMemoryError("no memory, says this test");
            }));
            assertThat(isAlive(loop)).isTrue();
        }
    }
}
