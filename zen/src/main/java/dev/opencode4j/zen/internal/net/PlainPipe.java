package dev.opencode4j.zen.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Bytes as they are. */
final class PlainPipe implements Pipe {

    /** The JDK copies what it writes, and keeps the room for that. */
    private static final int SLICE = 64 << 10;

    private final SocketChannel socket;
    private boolean full;

    PlainPipe(SocketChannel socket) {
        this.socket = socket;
    }

    @Override
    public boolean open() {
        return true;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return socket.read(into);
    }

    @Override
    public boolean mayHoldMore(ByteBuffer read) {
        return !read.hasRemaining();
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        full = false;
        while (from.hasRemaining() && !full) {
            ByteBuffer slice = from.duplicate();
            slice.limit(Math.min(from.limit(), from.position() + SLICE));
            socket.write(slice);
            full = slice.hasRemaining();
            from.position(slice.position());
        }
    }

    @Override
    public int interest() {
        return full ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    }

    @Override
    public void close() {
        Sockets.close(socket);
    }
}
