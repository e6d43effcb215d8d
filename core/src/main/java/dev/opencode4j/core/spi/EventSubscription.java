package dev.opencode4j.core.spi;

import dev.opencode4j.core.error.AgentException;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Hands events to a subscriber as it asks for them, one call at a time, on the executor. */
final class EventSubscription<E> implements Flow.Subscription {

    private static final System.Logger LOG = System.getLogger(TurnChannel.class.getName());

    /** More than a consumer has waiting unless it is behind. */
    private static final int AT_A_TIME = 256;

    private static final Flow.Subscription REFUSED = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    private final Flow.Subscriber<? super E> subscriber;
    private final EventBuffer<E> buffer;
    private final Executor executor;
    private final AtomicLong demand = new AtomicLong();
    /** From 1: no drain starts before {@code onSubscribe} has returned, for signals come one at a time. */
    private final AtomicInteger wakeUps = new AtomicInteger(1);

    private volatile boolean over;
    private volatile boolean misused;

    private EventSubscription(Flow.Subscriber<? super E> subscriber, EventBuffer<E> buffer, Executor executor) {
        this.subscriber = subscriber;
        this.buffer = buffer;
        this.executor = executor;
    }

    static <E> void start(Flow.Subscriber<? super E> subscriber, EventBuffer<E> buffer, Executor executor) {
        Objects.requireNonNull(subscriber, "subscriber");
        EventSubscription<E> subscription = new EventSubscription<>(subscriber, buffer, executor);
        if (buffer.tryClaim(subscription::wake)) {
            subscription.begin();
        } else {
            subscriber.onSubscribe(REFUSED);
            subscriber.onError(new IllegalStateException(EventBuffer.CLAIMED));
        }
    }

    private void begin() {
        try {
            subscriber.onSubscribe(this);
        } catch (RuntimeException | Error e) {
            cancel();
            throw e;
        }
        executor.execute(this::drain);
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            misused = true;
        } else {
            demand.accumulateAndGet(n, (now, more) -> now + more < 0 ? Long.MAX_VALUE : now + more);
        }
        wake();
    }

    @Override
    public void cancel() {
        over = true;
        buffer.abandon();
    }

    /** Starts a drain unless one runs; that one then goes round once more, so no wake-up is lost. */
    private void wake() {
        if (!over && wakeUps.getAndIncrement() == 0) executor.execute(this::drain);
    }

    private void drain() {
        int seen = 1;
        do {
            try {
                if (deliver()) {
                    executor.execute(this::drain);
                    return;
                }
            } catch (RuntimeException | Error e) {
                cancel(); // A subscriber that throws is done, says the rule.
                LOG.log(Level.WARNING, "A subscriber threw; it gets no more events.", e);
            }
            seen = wakeUps.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Delivers what there is and asked for; true if it stopped in the middle, for others to have their turn. */
    private boolean deliver() {
        if (misused) {
            fail(new IllegalArgumentException("n: must be positive"));
            return false;
        }
        for (int count = 0; !over && demand.get() > 0; count++) {
            if (count == AT_A_TIME) return true;
            E event = poll();
            if (event == null) break;
            if (demand.get() != Long.MAX_VALUE) demand.decrementAndGet();
            subscriber.onNext(event);
        }
        if (!over && isDrained()) {
            over = true;
            subscriber.onComplete();
        }
        return false;
    }

    private @Nullable E poll() {
        try {
            return buffer.poll();
        } catch (AgentException e) {
            fail(e);
            return null;
        }
    }

    private boolean isDrained() {
        try {
            return buffer.isDrained();
        } catch (AgentException e) {
            fail(e);
            return false;
        }
    }

    private void fail(RuntimeException e) {
        if (over) return;
        over = true;
        subscriber.onError(e);
    }
}
