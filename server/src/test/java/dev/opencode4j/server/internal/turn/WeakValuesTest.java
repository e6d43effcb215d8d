package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What nobody uses is forgotten, and what somebody uses is shared. */
class WeakValuesTest {

    private final WeakValues<String, Object> values = new WeakValues<>(key -> new Object());

    @Test
    void whoAsksForTheSameGetsTheSame() {
        Object first = values.get("a");
        System.gc();
        assertThat(values.get("a")).isSameAs(first);
        assertThat(values.get("b")).isNotSameAs(first);
    }

    @Test
    void thousandsThatWereUsedOnceLeaveNothing() throws InterruptedException {
        List<Object> used = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) used.add(values.get("key " + i));
        assertThat(values.size()).isEqualTo(used.size());
        used.clear();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (values.size() > 0) {
            assertThat(System.nanoTime()).as("time to be forgotten").isLessThan(end);
            System.gc();
            Thread.sleep(5);
        }
    }
}
