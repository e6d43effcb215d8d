package dev.opencode4j.testkit.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/** Accepts connections on loopback; each has a daemon thread of its own, which only waits or writes. */
final class ModelServer implements AutoCloseable {

    /** Serves one request; the connection is kept if it was answered. */
    interface Handler {
        void handle(Connection connection) throws IOException, InterruptedException;
    }

    private static final int BACKLOG = 1024;

    private final ServerSocket listener;
    private final Handler handler;
    private final ExecutorService threads = Executors.newCachedThreadPool(daemons());
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private ModelServer(ServerSocket listener, Handler handler) {
        this.listener = listener;
        this.handler = handler;
    }

    static ModelServer listen(Handler handler) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            ModelServer server = new ModelServer(listener, handler);
            server.threads.execute(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("The scripted model could not listen on loopback", e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            listener.close();
        } catch (IOException e) {
            // Nothing depends on how it ends.
        }
        connections.forEach(Connection::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException | RejectedExecutionException e) {
                // Closed, or a client that was gone before it was accepted.
            }
        }
    }

    private void serve(Socket socket) {
        try (Connection connection = new Connection(socket)) {
            connections.add(connection);
            try {
                boolean wanted = !listener.isClosed();
                while (wanted) {
                    handler.handle(connection);
                    wanted = connection.awaitNext();
                }
            } finally {
                connections.remove(connection);
            }
        } catch (IOException e) {
            // The client went away or was no HTTP client.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory daemons() {
        return task -> {
            Thread thread = new Thread(task, "scripted-model");
            thread.setDaemon(true);
            return thread;
        };
    }
}
