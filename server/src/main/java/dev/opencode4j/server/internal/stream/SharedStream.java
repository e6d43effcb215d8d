package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.work.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One event stream for all turns of a server: a stream carries everybody's events, so one for each turn would make the
 * cost grow with the square of the turns.
 *
 * <p>A thread reads it while somebody watches, and some time longer; then it is over, and whoever comes next needs another
 * one. When it breaks, it is opened again, at once and then with growing pauses, for as long as somebody watches; the
 * watchers are told of each gap. One watchdog closes a connection that is silent for too long, for a half-open one never
 * says so itself, and one that nobody has watched for the lingering time.
 */
final class SharedStream {

    /** A watchdog looks no more often than this, in nanoseconds. */
    private static final long SHORTEST_LOOK = 10_000_000;

    private final StreamScope scope;
    private final StreamOpener opener;
    private final StreamSettings settings;
    private final Ticker ticker;
    private final SubscriberTable table;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wakeUp = lock.newCondition();
    private final AtomicBoolean begun = new AtomicBoolean();
    private boolean closing;
    private @Nullable InputStream open;

    // The reader's own.
    private long patience;
    private @Nullable AgentException missingRoute;

    SharedStream(
            StreamScope scope, StreamOpener opener, StreamSettings settings, Ticker ticker, SubscriberTable table) {
        this.scope = scope;
        this.opener = opener;
        this.settings = settings;
        this.ticker = ticker;
        this.table = table;
        this.patience = firstPatience();
    }

    StreamScope scope() {
        return scope;
    }

    SubscriberTable table() {
        return table;
    }

    /** Whether the caller is the first one, who has to have it {@linkplain #read() read}. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    /**
     * Reads the stream until it is closed or nobody watches it any longer.
     *
     * @return why the server does not have this stream; null if it has
     */
    @Nullable
    AgentException read() {
        Watchdog watchdog = new Watchdog();
        watchdog.lookLater();
        try {
            long pause = 0;
            while (missingRoute == null && isWanted(pause)) {
                long start = System.nanoTime();
                boolean wasReady = connectAndRead();
                boolean lasted = wasReady
                        && System.nanoTime() - start > settings.longestPause().toNanos();
                pause = lasted ? 0 : nextPause(pause);
            }
        } finally {
            watchdog.stop();
        }
        return missingRoute;
    }

    private long nextPause(long last) {
        long first = settings.firstPause().toNanos();
        return last == 0 ? first : Math.min(last * 2, settings.longestPause().toNanos());
    }

    /** Waits out the pause; false if the stream is over. */
    private boolean isWanted(long pause) {
        long left = pause == 0 ? 0 : pause / 2 + ThreadLocalRandom.current().nextLong(pause);
        lock.lock();
        try {
            while (!closing && left > 0) left = wakeUp.awaitNanos(left);
            return !closing && !table.closeIfUnwatched();
        } catch (InterruptedException e) { // Nobody ends this thread so: a listener left the flag behind.
            return !closing && !table.closeIfUnwatched();
        } finally {
            lock.unlock();
        }
    }

    /** One connection, from its opening to its end; whether it ever was ready. */
    private boolean connectAndRead() {
        AgentException cause;
        long connection = table.connecting();
        try (InputStream in = connect()) {
            if (in == null) return false;
            table.alive();
            cause = pump(in);
        } catch (AgentException e) {
            if (scope.isWholeServer() && isRouteMissing(e)) missingRoute = e;
            else table.refused(e);
            return false;
        } catch (IOException e) {
            cause = broken(e);
        } catch (RuntimeException | Error e) { // A defect of ours must not be the end of all turns.
            cause = new ConnectionException("the event stream broke: " + e, opener.where(), e);
        } finally {
            opened(null);
        }
        return table.disconnected(connection, cause);
    }

    /** OpenCode answers a route that it does not have with 200 and its web page, others with 404 and the like. */
    private static boolean isRouteMissing(AgentException refusal) {
        return refusal instanceof ProtocolException
                || refusal instanceof SessionNotFoundException
                || refusal instanceof BadRequestException
                || refusal instanceof UnsupportedFeatureException;
    }

    private AgentException pump(InputStream in) {
        FrameRouter router = new FrameRouter(table, scope);
        byte[] chunk = new byte[32 * 1024];
        Ticker.Cancellable readiness = ticker.schedule(settings.connect(), () -> {
            if (!router.isReady()) closeQuietly(in);
        });
        try {
            int count;
            while ((count = in.read(chunk)) >= 0) {
                table.alive();
                router.feed(chunk, count);
            }
            return new ConnectionException("the event stream ended", opener.where(), null);
        } catch (IOException e) {
            return broken(e);
        } finally {
            readiness.cancel();
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
            giveUp(opening);
            patience = Math.min(patience * 2, settings.connect().toNanos());
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AgentException failure) throw failure;
            throw new ConnectionException("the event stream can't be opened: " + e.getCause(), opener.where(), e);
        } catch (InterruptedException e) {
            giveUp(opening);
            return null;
        }
    }

    private static void giveUp(CompletableFuture<InputStream> opening) {
        opening.cancel(true);
        opening.thenAccept(SharedStream::closeQuietly);
    }

    private long firstPatience() {
        return settings.connect().toNanos() / 5;
    }

    private void opened(@Nullable InputStream in) {
        boolean late;
        lock.lock();
        try {
            open = in;
            late = closing;
        } finally {
            lock.unlock();
        }
        if (late && in != null) closeQuietly(in);
    }

    private @Nullable InputStream open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the stream; its watchers are left in the table. */
    void close() {
        InputStream in;
        lock.lock();
        try {
            closing = true;
            in = open;
            wakeUp.signalAll();
        } finally {
            lock.unlock();
        }
        if (in != null) closeQuietly(in);
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // It was to be thrown away.
        }
    }

    /** Closes connections that are of no use any more. */
    private final class Watchdog {

        private boolean stopped;
        private Ticker.Cancellable next = () -> {};

        synchronized void lookLater() {
            long shortest =
                    Math.min(settings.silence().toNanos(), settings.linger().toNanos());
            Duration pause = Duration.ofNanos(Math.max(shortest / 4, SHORTEST_LOOK));
            if (!stopped) next = ticker.schedule(pause, this::look);
        }

        private void look() {
            InputStream in = open();
            boolean isSilent =
                    ticker.nanoTime() - table.lastLife() > settings.silence().toNanos();
            if (in != null
                    && (isSilent || table.isUnwatchedFor(settings.linger().toNanos()))) closeQuietly(in);
            lookLater();
        }

        synchronized void stop() {
            stopped = true;
            next.cancel();
        }
    }
}
