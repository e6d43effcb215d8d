package dev.opencode4j.zen.internal.net;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes a connection for a call: connects, asks a proxy for a way, agrees on TLS. On the loop's thread only. */
final class Opening implements Loop.Handler {

    private final Loop loop;
    private final Route route;
    private final Security security;
    private final Call call;
    private final BiConsumer<SelectionKey, Pipe> onOpen;
    private final SocketChannel socket;
    private Pipe pipe;
    private @Nullable Tunnel tunnel;
    private @Nullable SelectionKey key;
    private boolean stands;
    private boolean closed;

    private Opening(
            Loop loop,
            Route route,
            Security security,
            Call call,
            BiConsumer<SelectionKey, Pipe> onOpen,
            SocketChannel socket) {
        this.loop = loop;
        this.route = route;
        this.security = security;
        this.call = call;
        this.onOpen = onOpen;
        this.socket = socket;
        pipe = new PlainPipe(socket);
        tunnel = route.isTunnelled() ? new Tunnel(route) : null;
    }

    /** Begins; tells {@code onOpen}, or the call that it broke. */
    static void start(Loop loop, Route route, Security security, Call call, BiConsumer<SelectionKey, Pipe> onOpen) {
        Opening opening;
        try {
            opening = new Opening(loop, route, security, call, onOpen, SocketChannel.open());
        } catch (IOException e) {
            call.broke(e);
            return;
        }
        if (!call.isCarriedBy(opening::close)) opening.close();
        else opening.begin();
    }

    private void begin() {
        try {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            socket.connect(route.first());
            key = loop.register(socket, SelectionKey.OP_CONNECT, this);
        } catch (IOException | RuntimeException e) {
            broke(e);
            return;
        }
        Loop.tell(this); // Near hosts are there at once.
    }

    @Override
    public void ready() throws IOException {
        SelectionKey registered = key;
        if (closed || registered == null) return;
        if (!stands) {
            stands = socket.finishConnect();
            if (!stands) return;
        }
        if (isFree() && isReady(registered)) onOpen.accept(registered, pipe);
        else registered.interestOps(pipe.interest());
    }

    private boolean isFree() throws IOException {
        if (tunnel == null) return true;
        if (!tunnel.dig(pipe)) return false;
        tunnel = null;
        return true;
    }

    private boolean isReady(SelectionKey registered) throws IOException {
        if (route.isSecure() && pipe instanceof PlainPipe) {
            pipe = new SecurePipe(
                    socket,
                    security,
                    route,
                    again -> loop.execute(() -> {
                        again.run();
                        Loop.tell((Loop.Handler) registered.attachment());
                    }));
        }
        return pipe.open();
    }

    @Override
    public void broke(Throwable cause) {
        close();
        call.broke(Connection.broken(cause));
    }

    private void close() {
        closed = true;
        pipe.close();
    }
}
