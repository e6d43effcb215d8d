package dev.opencode4j.zen.internal.net;

import dev.opencode4j.core.work.Ticker;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds a connection for each request: one that is idle, or else a new one. On the loop's thread only. */
final class ConnectionPool {

    private final Loop loop;
    private final Security security;
    private final Ticker ticker;
    private final IdleConnections idle;

    ConnectionPool(Loop loop, Security security, Ticker ticker) {
        this.loop = loop;
        this.security = security;
        this.ticker = ticker;
        idle = new IdleConnections(loop, ticker);
    }

    /** Sends a request. */
    void send(ActiveRequest request) {
        Connection waiting = idle.take(request.destination().route().hop());
        if (waiting == null) open(request);
        else waiting.carry(request);
    }

    private void open(ActiveRequest request) {
        try {
            request.limitConnecting(ticker);
        } catch (RuntimeException agentClosed) {
            request.broke(new SenderClosedException());
            return;
        }
        Opening.start(loop, security, ticker, request, this::opened);
    }

    private void opened(ActiveRequest request, SelectionKey key, Pipe pipe) {
        Hop hop = request.destination().route().hop();
        Connection.Owner owner = new Connection.Owner() {
            @Override
            public void onIdle(Connection connection, @Nullable Duration keepAlive) {
                idle.add(hop, connection, keepAlive);
            }

            @Override
            public void onUnanswered(ActiveRequest lost) {
                loop.execute(() -> lost.attempt(() -> open(lost)));
            }
        };
        new Connection(loop, key, pipe, owner).carry(request);
    }

    /** Closes what is idle, and keeps nothing any more. */
    void close() {
        idle.close();
    }
}
