package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event stream for all turns of a server and directory: a stream carries everybody's events, so one for each turn
 * would make the cost grow with the square of the turns.
 *
 * <p>A thread reads it while somebody watches, and some time longer. When it breaks, it is opened again, at once and
 * then with growing pauses, for as long as somebody watches; the watchers are told of each gap. A connection that is
 * silent for too long is closed: a half-open one never says so itself.
 */
final class SharedStream {

    private final StreamOpener opener;
    private final StreamSettings settings;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Routing routing = new Routing();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wakeUp = lock.newCondition();
    private boolean reading;
    private @Nullable Supplier<? extends AgentException> end;
    private @Nullable InputStream open;
    private long patience; // The reader's own.
    private volatile long lastLife = System.nanoTime();

    SharedStream(StreamOpener opener, StreamSettings settings, Executor executor, ScheduledExecutorService timer) {
        this.opener = opener;
        this.settings = settings;
        this.executor = executor;
        this.timer = timer;
        this.patience = firstPatience();
    }

    Subscription subscribe(String sessionId, Subscriber subscriber) {
        Watch watch = new Watch(subscriber);
        lock.lock();
        try {
            if (end != null) throw end.get();
            watch.watch(sessionId);
            if (!reading) {
                reading = true;
                executor.execute(this::read);
            }
        } finally {
            lock.unlock();
        }
        routing.tellIfReady(subscriber);
        return watch;
    }

    private void read() {
        ScheduledFuture<?> watchdog;
        try {
            watchdog = watchdog();
        } catch (RejectedExecutionException e) {
            return; // The client was closed before its first turn had come this far.
        }
        long pause = 0;
        try {
            while (isWanted(pause)) {
                long start = System.nanoTime();
                boolean wasReady = connectAndRead();
                boolean lasted = wasReady
                        && System.nanoTime() - start > settings.longestPause().toNanos();
                pause = lasted ? 0 : nextPause(pause);
            }
        } finally {
            watchdog.cancel(false);
        }
    }

    private long nextPause(long last) {
        long first = settings.firstPause().toNanos();
        return last == 0 ? first : Math.min(last * 2, settings.longestPause().toNanos());
    }

    /** One connection, from its opening to its end; whether it ever was ready. */
    private boolean connectAndRead() {
        AgentException cause;
        long connection = routing.connecting();
        try (InputStream in = connect()) {
            if (in == null) return false;
            lastLife = System.nanoTime();
            cause = pump(in);
        } catch (AgentException e) {
            routing.refused(e);
            return false;
        } catch (IOException e) {
            cause = broken(e);
        } catch (RuntimeException | Error e) { // A defect of ours must not be the end of all turns.
            cause = new ConnectionException("the event stream broke: " + e, opener.where(), e);
        } finally {
            opened(null);
        }
        return routing.disconnected(connection, cause);
    }

    private AgentException pump(InputStream in) {
        FrameRouter router = new FrameRouter(routing);
        byte[] chunk = new byte[32 * 1024];
        ScheduledFuture<?> readiness = timer.schedule(
                () -> {
                    if (!router.isReady()) closeQuietly(in);
                },
                settings.connect().toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            int count;
            while ((count = in.read(chunk)) >= 0) {
                lastLife = System.nanoTime();
                router.feed(chunk, count);
            }
            return new ConnectionException("the event stream ended", opener.where(), null);
        } catch (IOException e) {
            return broken(e);
        } finally {
            readiness.cancel(false);
        }
    }

    private AgentException broken(IOException e) {
        return new ConnectionException("the event stream broke: " + e.getMessage(), opener.where(), e);
    }

    /**
     * One try; null if it was not answered. A server that starts never answers a request that comes when its port is
     * open and it is not ready yet (1.15.13, 1.18.33): so the first try is given up early, the next ones later.
     */
    private @Nullable InputStream connect() {
        CompletableFuture<InputStream> opening = opener.open();
        try {
            InputStream in = opening.get(patience, TimeUnit.NANOSECONDS);
            opened(in);
            patience = firstPatience();
            return in;
        } catch (TimeoutException e) {
            opening.cancel(true);
            opening.thenAccept(SharedStream::closeQuietly);
            patience = Math.min(patience * 2, settings.connect().toNanos());
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AgentException failure) throw failure;
            throw new ConnectionException("the event stream can't be opened: " + e.getCause(), opener.where(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException("interrupted while opening the event stream", opener.where(), e);
        }
    }

    private long firstPatience() {
        return settings.connect().toNanos() / 5;
    }

    private void opened(@Nullable InputStream in) {
        boolean late;
        lock.lock();
        try {
            open = in;
            late = end != null;
        } finally {
            lock.unlock();
        }
        if (late && in != null) closeQuietly(in);
    }

    private ScheduledFuture<?> watchdog() {
        long period = settings.silence().toNanos() / 4;
        return timer.scheduleWithFixedDelay(
                () -> {
                    InputStream in = open();
                    if (in != null
                            && System.nanoTime() - lastLife > settings.silence().toNanos()) closeQuietly(in);
                },
                period,
                period,
                TimeUnit.NANOSECONDS);
    }

    private @Nullable InputStream open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Waits out the pause; false, and the reader is no more, if nobody has watched for the lingering time. */
    private boolean isWanted(long pause) {
        lock.lock();
        try {
            long left = pause == 0 ? 0 : pause / 2 + ThreadLocalRandom.current().nextLong(pause);
            while (end == null && left > 0) left = wakeUp.awaitNanos(left);
            reading = end == null && !routing.isEmpty();
            return reading;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reading = false;
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void unsubscribed() {
        if (!routing.isEmpty()) return;
        try {
            timer.schedule(this::closeIfUnwatched, settings.linger().toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            closeIfUnwatched(); // The client is being closed.
        }
    }

    private void closeIfUnwatched() {
        InputStream in = open();
        if (in != null && routing.isEmpty()) closeQuietly(in);
    }

    /** Ends it for good, and tells each subscriber with an error of its own. */
    void fail(Supplier<? extends AgentException> cause) {
        InputStream in;
        lock.lock();
        try {
            end = cause;
            in = open;
            wakeUp.signalAll();
        } finally {
            lock.unlock();
        }
        if (in != null) closeQuietly(in);
        routing.closed(cause);
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // It was to be thrown away.
        }
    }

    /** One subscriber's watched sessions. */
    private final class Watch implements Subscription {

        private final Subscriber subscriber;
        private final Set<String> sessions = new HashSet<>(2);
        private boolean over;

        Watch(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public synchronized void watch(String sessionId) {
            if (!over && sessions.add(sessionId)) routing.add(sessionId, subscriber);
        }

        @Override
        public long lastLife() {
            return lastLife;
        }

        @Override
        public void close() {
            synchronized (this) {
                over = true;
                sessions.forEach(session -> routing.remove(session, subscriber));
                sessions.clear();
            }
            unsubscribed();
        }
    }
}
