package dev.opencode4j.testkit.impostor;

import dev.opencode4j.testkit.net.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The listening socket, on loopback only, and the connections that came through it. It can go away and come back. */
final class Listener implements EventLoop.Ready {

    private static final int BACKLOG = 65_535;

    private final EventLoop loop;
    private final BiConsumer<Connection, RecordedRequest> onRequest;
    private final Consumer<Connection> onClose;
    private final Set<Connection> connections = new LinkedHashSet<>();
    private int port;
    private @Nullable ServerSocketChannel server;

    Listener(
            EventLoop loop, int port, BiConsumer<Connection, RecordedRequest> onRequest, Consumer<Connection> onClose) {
        this.loop = loop;
        this.port = port;
        this.onRequest = onRequest;
        this.onClose = onClose;
    }

    int port() {
        return port;
    }

    void open() {
        if (server != null) {
            return;
        }
        try {
            ServerSocketChannel opened = bind(port == 0 ? FreePort.find() : port);
            opened.configureBlocking(false);
            opened.register(loop.selector(), SelectionKey.OP_ACCEPT, this);
            port = opened.socket().getLocalPort();
            server = opened;
        } catch (IOException e) {
            throw new UncheckedIOException("The impostor could not listen on port " + port + ".", e);
        }
    }

    /** Not on a port that the system gives to outgoing connections: it could be gone when the impostor comes up again. */
    private static ServerSocketChannel bind(int wanted) throws IOException {
        ServerSocketChannel opened = ServerSocketChannel.open();
        opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), BACKLOG);
        return opened;
    }

    @Override
    public void ready(SelectionKey key) {
        ServerSocketChannel listening = server;
        if (listening == null) {
            return;
        }
        try {
            for (SocketChannel accepted = listening.accept(); accepted != null; accepted = listening.accept()) {
                connections.add(new Connection(loop, accepted, onRequest, this::forget));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The impostor could not accept a connection.", e);
        }
    }

    private void forget(Connection connection) {
        connections.remove(connection);
        onClose.accept(connection);
    }

    List<Connection> connections() {
        return List.copyOf(connections);
    }

    void cutConnections(Ending ending) {
        connections().forEach(connection -> connection.end(ending));
    }

    /** Stops listening and cuts every connection; {@link #open} takes the same port again. */
    void close() {
        ServerSocketChannel listening = server;
        if (listening == null) {
            return;
        }
        server = null;
        try {
            listening.close();
            // A closed channel keeps its port until the selector has let go of its key.
            loop.selector().selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutConnections(Ending.ABRUPT);
    }
}
