package dev.opencode4j.testkit.impostor;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One accepted socket. Lives on the loop; writing never waits, what the peer does not take is queued. */
final class Connection implements EventLoop.Ready {

    private static final int GATHER = 64;

    private final EventLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final BiConsumer<Connection, RecordedRequest> onRequest;
    private final Consumer<Connection> onClose;
    private final RequestParser parser = new RequestParser();
    private final Deque<ByteBuffer> out = new ArrayDeque<>();
    private boolean busy;
    private boolean flushPlanned;
    private boolean writesApart;
    private boolean vanished;
    private @Nullable Ending endingAfterFlush;

    Connection(
            EventLoop loop,
            SocketChannel channel,
            BiConsumer<Connection, RecordedRequest> onRequest,
            Consumer<Connection> onClose)
            throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.onRequest = onRequest;
        this.onClose = onClose;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(loop.selector(), SelectionKey.OP_READ, this);
    }

    /** From now on each buffer is a write of its own, so that the peer sees the pieces. */
    void writeApart() {
        writesApart = true;
    }

    /** The host behind this socket is gone, and nobody told the peer: nothing is read, nothing is written. */
    void vanish() {
        vanished = true;
        out.clear();
        if (key.isValid()) {
            key.interestOps(0);
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void ready(SelectionKey ready) {
        try {
            if (ready.isValid() && ready.isReadable()) {
                read();
            }
            if (ready.isValid() && ready.isWritable()) {
                flush();
            }
        } catch (IOException e) {
            end(Ending.ABRUPT);
        }
    }

    private void read() throws IOException {
        if (!parser.readFrom(channel)) {
            end(Ending.ABRUPT);
            return;
        }
        next();
    }

    /** The request in hand is answered: the connection may turn to the next one. */
    void answered() {
        busy = false;
        loop.execute(this::next);
    }

    private void next() {
        if (busy || vanished || !channel.isOpen()) {
            return;
        }
        RecordedRequest request = parser.next();
        if (request != null) {
            busy = true;
            onRequest.accept(this, request);
        }
    }

    void send(byte[] bytes) {
        if (vanished || !channel.isOpen()) {
            return;
        }
        out.add(ByteBuffer.wrap(bytes));
        planFlush();
    }

    private void planFlush() {
        if (!flushPlanned) {
            flushPlanned = true;
            loop.atEndOfRound(() -> {
                flushPlanned = false;
                flush();
            });
        }
    }

    private void flush() {
        if (vanished || !channel.isOpen()) {
            return;
        }
        try {
            while (!out.isEmpty()) {
                if (!writeSome()) {
                    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    return;
                }
            }
            key.interestOps(SelectionKey.OP_READ);
        } catch (IOException e) {
            end(Ending.ABRUPT);
            return;
        }
        if (endingAfterFlush != null) {
            end(endingAfterFlush);
        }
    }

    /** Whether the socket took all it was offered. */
    private boolean writeSome() throws IOException {
        ByteBuffer[] batch = out.stream().limit(writesApart ? 1 : GATHER).toArray(ByteBuffer[]::new);
        channel.write(batch);
        for (ByteBuffer written : batch) {
            if (written.hasRemaining()) {
                return false;
            }
            out.remove();
        }
        return true;
    }

    /** Ends the connection once everything sent so far is out. */
    void endAfterFlush(Ending ending) {
        endingAfterFlush = ending;
        planFlush();
    }

    /** Ends the connection now; what is still queued is lost. */
    void end(Ending ending) {
        if (!channel.isOpen()) {
            return;
        }
        try {
            if (ending == Ending.RESET) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        } catch (IOException e) {
            // Closing is the end whether or not it went well.
        }
        onClose.accept(this);
    }
}
