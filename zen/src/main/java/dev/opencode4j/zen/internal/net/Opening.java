package dev.opencode4j.zen.internal.net;

import dev.opencode4j.core.work.Ticker;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Makes a connection for a request: connects, asks a proxy for a way, agrees on TLS. On the loop's thread only. */
final class Opening implements HostConnector.Listener {

    /** Takes a connection that stands. */
    @FunctionalInterface
    interface Result {
        void opened(ActiveRequest request, SelectionKey key, Pipe pipe);
    }

    private final Loop loop;
    private final Security security;
    private final ActiveRequest request;
    private final Route route;
    private final Result result;
    private final HostConnector connector;
    private @Nullable Negotiation negotiation;

    private Opening(Loop loop, Security security, Ticker ticker, ActiveRequest request, Result result) {
        this.loop = loop;
        this.security = security;
        this.request = request;
        this.route = request.destination().route();
        this.result = result;
        connector = new HostConnector(loop, ticker, request.destination().addresses(), this);
    }

    /** Begins; tells {@code result}, or the request that it broke. */
    static void start(Loop loop, Security security, Ticker ticker, ActiveRequest request, Result result) {
        Opening opening = new Opening(loop, security, ticker, request, result);
        if (request.isCarriedBy(opening::close)) opening.connector.connect();
    }

    @Override
    public void onConnected(SocketChannel socket, SelectionKey key) {
        Negotiation next = new Negotiation(socket, key);
        negotiation = next;
        key.attach(next);
        Loop.tell(next);
    }

    @Override
    public void onFailed(Throwable cause) {
        request.broke(Connection.broken(cause));
    }

    private void close() {
        connector.close();
        if (negotiation != null) negotiation.close();
    }

    /** What is agreed on before the first request. */
    private final class Negotiation implements Loop.Handler {

        private final SocketChannel socket;
        private final SelectionKey key;
        private Pipe pipe;
        private @Nullable Tunnel tunnel;
        private boolean closed;

        Negotiation(SocketChannel socket, SelectionKey key) {
            this.socket = socket;
            this.key = key;
            pipe = new PlainPipe(socket);
            tunnel = route.isTunnelled() ? new Tunnel(route) : null;
        }

        @Override
        public void ready() throws IOException {
            if (closed) return;
            if (isFree() && isReady()) result.opened(request, key, pipe);
            else key.interestOps(pipe.interest());
        }

        private boolean isFree() throws IOException {
            if (tunnel == null) return true;
            if (!tunnel.dig(pipe)) return false;
            tunnel = null;
            return true;
        }

        private boolean isReady() throws IOException {
            if (route.isSecure() && pipe instanceof PlainPipe) {
                pipe = new SecurePipe(
                        socket,
                        security,
                        route,
                        again -> loop.execute(() -> {
                            again.run();
                            Loop.tell((Loop.Handler) key.attachment());
                        }));
            }
            return pipe.open();
        }

        @Override
        public void broke(Throwable cause) {
            close();
            request.broke(Connection.broken(cause));
        }

        void close() {
            closed = true;
            pipe.close();
        }
    }
}
