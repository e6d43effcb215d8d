package dev.opencode4j.server;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.Reconnected;
import dev.opencode4j.core.spi.EventChannel;
import dev.opencode4j.server.internal.stream.EventObserver;
import dev.opencode4j.server.internal.stream.Subscription;
import dev.opencode4j.server.internal.wire.RawEvent;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Puts what a shared stream says into the channel of one watch. */
final class WatchObserver implements EventObserver {

    private final EventChannel<ServerEvent> channel;
    private final WatchedSessions sessions;
    private final Executor executor;
    private final Runnable onReady;
    private volatile @Nullable Subscription subscription;
    private long up = -1;
    private long broken = -1;
    private long since;
    private @Nullable AgentException cause;

    /**
     * An observer for one watch.
     *
     * @param executor where sub-agents are looked up
     * @param onReady is told each time that the stream is ready; must not block
     */
    WatchObserver(EventChannel<ServerEvent> channel, WatchedSessions sessions, Executor executor, Runnable onReady) {
        this.channel = channel;
        this.sessions = sessions;
        this.executor = executor;
        this.onReady = onReady;
    }

    @Override
    public void subscribed(Subscription toEvents) {
        subscription = toEvents;
    }

    private Subscription subscription() {
        return Objects.requireNonNull(subscription, "the observer has not subscribed");
    }

    @Override
    public void event(RawEvent event) {
        if (sessions.accepts(event, subscription())) emit(ServerEvent.of(event));
    }

    private void emit(ServerEvent event) {
        if (!channel.emit(event)) subscription().close();
    }

    /** May be told twice, and of a connection that has broken already. */
    @Override
    public synchronized void ready(long connection) {
        if (connection <= broken || connection == up) return;
        up = connection;
        emit(ServerEvent.connected(cause == null ? null : reconnected(cause)));
        cause = null;
        onReady.run();
        if (sessions.haveSubAgents()) executor.execute(this::lookUpSubAgents);
    }

    private Reconnected reconnected(AgentException why) {
        return new Reconnected(Duration.ofNanos(System.nanoTime() - since), why.reason());
    }

    private void lookUpSubAgents() {
        try {
            sessions.lookUp(subscription());
        } catch (AgentException e) {
            emit(ServerEvent.failure(ServerEvent.DAMAGED, e));
        }
    }

    @Override
    public synchronized void gap(long connection, AgentException why) {
        if (connection <= broken) return;
        broken = connection;
        since = System.nanoTime();
        cause = why;
        emit(ServerEvent.failure(ServerEvent.GAP, why));
    }

    @Override
    public void damaged() {
        emit(ServerEvent.failure(ServerEvent.DAMAGED, null));
    }

    /** What trying again may help is tried again for as long as it is watched. */
    @Override
    public void refused(AgentException why) {
        if (why.isRetryable()) {
            emit(ServerEvent.failure(ServerEvent.REFUSED, why));
        } else {
            subscription().close();
            channel.end(why);
        }
    }

    @Override
    public void closed(AgentException why) {
        channel.end(why);
    }

    /** Ends the watch at its consumer's wish. */
    void close() {
        subscription().close();
        channel.end(null);
    }
}
