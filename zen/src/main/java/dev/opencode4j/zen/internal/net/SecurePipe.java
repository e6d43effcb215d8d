package dev.opencode4j.zen.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * Bytes through TLS, to a host that shows a certificate of its name.
 *
 * <p>A connection that is cut counts as one that was closed: whether an answer is whole is told by its framing.
 */
final class SecurePipe implements Pipe {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel socket;
    private final Executor executor;
    private final Consumer<Runnable> onLoop;
    private final SSLEngine engine;

    /** What came and is not decrypted yet, ready to be filled up. */
    private ByteBuffer arrived;

    /** What is decrypted and was not asked for yet, ready to be read. */
    private ByteBuffer clear;

    /** What is encrypted and has not gone yet, ready to be read. */
    private ByteBuffer leaving;

    private boolean calculating;

    /**
     * A pipe over a connection that stands.
     *
     * @param onLoop runs something on the loop's thread, and has the pipe used again then
     */
    SecurePipe(SocketChannel socket, Security security, Route route, Consumer<Runnable> onLoop) throws SSLException {
        this.socket = socket;
        this.executor = security.executor();
        this.onLoop = onLoop;
        engine = security.context().createSSLEngine(route.host(), route.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        engine.setSSLParameters(parameters);
        arrived = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        clear = NOTHING;
        leaving = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).flip();
        engine.beginHandshake();
    }

    /** Also what both sides have to agree on later: new keys, say. */
    @Override
    public boolean open() throws IOException {
        while (flush() && !calculating) {
            switch (engine.getHandshakeStatus()) {
                case NOT_HANDSHAKING, FINISHED -> {
                    return true;
                }
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_TASK -> calculate();
                default -> {
                    if (clear.hasRemaining() || !unwrap()) return false;
                }
            }
        }
        return false;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        while (!clear.hasRemaining()) {
            boolean more = !engine.isInboundDone() && open() && (clear.hasRemaining() || unwrap());
            if (!more && !clear.hasRemaining()) return engine.isInboundDone() ? -1 : 0;
        }
        int count = Math.min(clear.remaining(), into.remaining());
        into.put(clear.slice(clear.position(), count));
        clear.position(clear.position() + count);
        return count;
    }

    /** Decrypts the next record; false if that has not come as a whole, or never will. */
    private boolean unwrap() throws IOException {
        while (true) {
            SSLEngineResult result = decrypted();
            switch (result.getStatus()) {
                case OK -> {
                    return true;
                }
                case BUFFER_OVERFLOW -> {
                    int size = Math.max(engine.getSession().getApplicationBufferSize(), 2 * clear.capacity());
                    clear = ByteBuffer.allocate(size).flip();
                }
                case BUFFER_UNDERFLOW -> {
                    if (!receive()) return false;
                }
                case CLOSED -> {
                    return false;
                }
            }
        }
    }

    private SSLEngineResult decrypted() throws SSLException {
        arrived.flip();
        clear.clear();
        try {
            return engine.unwrap(arrived, clear);
        } finally {
            clear.flip();
            arrived.compact();
        }
    }

    private boolean receive() throws IOException {
        if (!arrived.hasRemaining()) {
            int size = Math.max(engine.getSession().getPacketBufferSize(), 2 * arrived.capacity());
            arrived = ByteBuffer.allocate(size).put(arrived.flip());
        }
        int count = socket.read(arrived);
        if (count >= 0) return count > 0;
        try {
            engine.closeInbound();
        } catch (SSLException cut) {
            // There was no farewell, which many do without.
        }
        return false;
    }

    /** What was decrypted is here, where no selector sees it. */
    @Override
    public boolean mayHoldMore(ByteBuffer read) {
        return true;
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining() && open()) wrap(from);
    }

    private void wrap(ByteBuffer from) throws IOException {
        leaving.clear();
        SSLEngineResult result = engine.wrap(from, leaving);
        leaving.flip();
        switch (result.getStatus()) {
            case OK -> flush();
            case BUFFER_OVERFLOW ->
                leaving = ByteBuffer.allocate(2 * leaving.capacity()).flip();
            default -> throw new SSLException("the connection was closed");
        }
    }

    /** Sends what is encrypted; false if not all of it goes for now. */
    private boolean flush() throws IOException {
        if (leaving.hasRemaining()) socket.write(leaving);
        return !leaving.hasRemaining();
    }

    private void calculate() {
        calculating = true;
        executor.execute(() -> {
            try {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            } finally {
                onLoop.accept(() -> calculating = false);
            }
        });
    }

    @Override
    public int interest() {
        if (calculating) return 0;
        return leaving.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    }

    /** Without a word of farewell, which could wait for the other side. */
    @Override
    public void close() {
        Sockets.close(socket);
    }
}
