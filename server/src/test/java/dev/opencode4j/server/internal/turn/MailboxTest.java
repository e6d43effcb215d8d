package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One task at a time, in order, none lost. */
class MailboxTest {

    private final List<Throwable> failures = new ArrayList<>();
    private final Mailbox mailbox = new Mailbox(failures::add);

    @Test
    void runsOneTaskAtATimeAndLosesNoneHoweverManyPost() throws InterruptedException {
        int threads = 8;
        int each = 20_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        List<List<Integer>> seen = new ArrayList<>();
        for (int i = 0; i < threads; i++) seen.add(new ArrayList<>());
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> posters = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int poster = i;
            Thread thread = new Thread(() -> {
                await(go);
                for (int n = 0; n < each; n++) {
                    int number = n;
                    mailbox.post(() -> {
                        if (inside.incrementAndGet() != 1) overlaps.incrementAndGet();
                        seen.get(poster).add(number); // A plain list: that no lock is needed is the promise.
                        inside.decrementAndGet();
                    });
                }
            });
            thread.start();
            posters.add(thread);
        }
        go.countDown();
        for (Thread thread : posters) thread.join();
        assertThat(overlaps).hasValue(0);
        for (List<Integer> numbers : seen) assertThat(numbers).hasSize(each).isSorted();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTaskThatPostsIsFinishedFirst() {
        List<String> order = new ArrayList<>();
        mailbox.post(() -> {
            mailbox.post(() -> order.add("second"));
            order.add("first");
        });
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void aTaskThatFailsIsReportedAndStopsNothing() {
        List<String> ran = new ArrayList<>();
        IllegalStateException exception = new IllegalStateException("a");
        AssertionError error = new AssertionError("b");
        mailbox.post(() -> {
            throw exception;
        });
        mailbox.post(() -> {
            throw error;
        });
        mailbox.post(() -> ran.add("next"));
        assertThat(failures).containsExactly(exception, error);
        assertThat(ran).containsExactly("next");
    }
}
