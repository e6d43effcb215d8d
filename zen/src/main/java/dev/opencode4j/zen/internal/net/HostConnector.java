package dev.opencode4j.zen.internal.net;

import dev.opencode4j.core.work.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a host at whichever of its addresses answers first. The next address is tried as soon as one fails, and also
 * when those before it have not answered for {@link #HEAD_START} (RFC 8305, 5). On the loop's thread only.
 */
final class HostConnector {

    /** Is told the outcome, once. Must not throw. */
    interface Listener {

        /** A connection stands. */
        void onConnected(SocketChannel socket, SelectionKey key);

        /** No address answers. */
        void onFailed(Throwable cause);
    }

    private static final Duration HEAD_START = Duration.ofMillis(250);

    private final Loop loop;
    private final Ticker ticker;
    private final Queue<InetSocketAddress> untried;
    private final Listener listener;
    private final List<Attempt> pending = new ArrayList<>(1);
    private Ticker.Cancellable headStart = () -> {};
    private @Nullable Throwable failure;
    private boolean over;

    HostConnector(Loop loop, Ticker ticker, List<InetSocketAddress> addresses, Listener listener) {
        this.loop = loop;
        this.ticker = ticker;
        this.untried = new ArrayDeque<>(addresses);
        this.listener = listener;
    }

    /** Begins, or goes on with the next address. */
    void connect() {
        headStart.cancel();
        InetSocketAddress next = untried.poll();
        if (over || next == null) return;
        if (!untried.isEmpty() && !hasHeadStart()) return;
        Attempt attempt = new Attempt();
        pending.add(attempt);
        attempt.begin(next);
    }

    /** Plans the next attempt; false, and gives up, if the agent is closed. */
    private boolean hasHeadStart() {
        try {
            headStart = ticker.schedule(HEAD_START, () -> loop.execute(this::connect));
            return true;
        } catch (RuntimeException agentClosed) {
            close();
            listener.onFailed(new SenderClosedException());
            return false;
        }
    }

    private void failed(Attempt attempt, Throwable cause) {
        pending.remove(attempt);
        attempt.closeSocket();
        if (over) return;
        if (failure == null) failure = cause;
        else failure.addSuppressed(cause);
        if (!untried.isEmpty()) {
            connect();
        } else if (pending.isEmpty()) {
            over = true;
            listener.onFailed(failure);
        }
    }

    /** Gives up; nothing is told any more. */
    void close() {
        over = true;
        headStart.cancel();
        pending.forEach(Attempt::closeSocket);
        pending.clear();
    }

    /** One address. */
    private final class Attempt implements Loop.Handler {

        private @Nullable SocketChannel socket;
        private @Nullable SelectionKey key;

        void begin(InetSocketAddress address) {
            try {
                SocketChannel opened = SocketChannel.open();
                socket = opened;
                opened.configureBlocking(false);
                opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
                opened.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                opened.connect(address);
                key = loop.register(opened, SelectionKey.OP_CONNECT, this);
            } catch (IOException | RuntimeException e) {
                failed(this, e);
                return;
            }
            Loop.tell(this); // Near hosts are there at once.
        }

        @Override
        public void ready() throws IOException {
            if (over || socket == null || key == null || !socket.finishConnect()) return;
            pending.remove(this);
            close();
            listener.onConnected(socket, key);
        }

        @Override
        public void broke(Throwable cause) {
            failed(this, cause);
        }

        void closeSocket() {
            if (socket != null) Sockets.close(socket);
        }
    }
}
