package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.Where;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** Event streams without sockets. */
final class FakeEventServer {

    static final String CONNECTED = "{\"type\":\"server.connected\",\"properties\":{}}";

    final List<Connection> connections = new CopyOnWriteArrayList<>();
    volatile Function<StreamScope, AgentException> refusal = scope -> null;
    volatile Runnable onOpen = () -> {};

    /** A connection that says connected, and then what it is told to say. */
    static final class Connection extends InputStream {

        final StreamScope scope;
        private final LinkedBlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();
        private volatile boolean closed;

        Connection(StreamScope scope) {
            this.scope = scope;
            send(CONNECTED);
        }

        void send(String event) {
            chunks.add(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
        }

        boolean isClosed() {
            return closed;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                byte[] chunk = chunks.take();
                if (closed) throw new IOException("closed");
                System.arraycopy(chunk, 0, into, offset, chunk.length);
                return chunk.length;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            closed = true;
            chunks.add(new byte[0]);
        }
    }

    StreamOpener opener(StreamScope scope) {
        return new StreamOpener() {
            @Override
            public CompletableFuture<InputStream> open() {
                onOpen.run();
                AgentException refused = refusal.apply(scope);
                if (refused != null) return CompletableFuture.failedFuture(refused);
                Connection connection = new Connection(scope);
                connections.add(connection);
                return CompletableFuture.completedFuture(connection);
            }

            @Override
            public Where where() {
                return Where.of("GET", "/events");
            }
        };
    }

    static AgentException notThere() {
        return new ConnectionException("nothing answers there", null, null);
    }
}
