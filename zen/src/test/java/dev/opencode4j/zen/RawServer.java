package dev.opencode4j.zen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLServerSocket;

/** A server on one socket: each connection is played by the same code, from its first byte on. */
public final class RawServer implements AutoCloseable {

    /** A whole answer of a model in one piece, which says {@code there}. */
    public static final String THERE = answer("there");

    /** What a connection does, on a thread of its own; the connection is closed after it. */
    @FunctionalInterface
    public interface Play {

        /** Does it. */
        void on(InputStream in, OutputStream out) throws Exception;
    }

    /** The same with the socket itself. */
    @FunctionalInterface
    interface SocketPlay {

        void on(Socket socket) throws Exception;
    }

    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;

    private RawServer(ServerSocket listener, SocketPlay play) {
        this.listener = listener;
        daemon(() -> accept(play));
    }

    /** A server on the loopback address. */
    public static RawServer playing(Play play) throws IOException {
        return playing(InetAddress.getLoopbackAddress(), play);
    }

    /** A server on an address of this machine. */
    public static RawServer playing(InetAddress address, Play play) throws IOException {
        return playing(new ServerSocket(0, 50, address), play);
    }

    /** A server behind a socket that is bound: one of TLS, say. */
    public static RawServer playing(ServerSocket listener, Play play) {
        return new RawServer(listener, socket -> play.on(socket.getInputStream(), socket.getOutputStream()));
    }

    /** A server on the loopback address that has the sockets themselves. */
    static RawServer playingSockets(SocketPlay play) throws IOException {
        return new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), play);
    }

    /** An answer of a model in one piece, with its head. */
    public static String answer(String words, String... headers) {
        String body =
                "{\"choices\":[{\"message\":{\"content\":" + Peer.quoted(words) + "},\"finish_reason\":\"stop\"}]}";
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n");
        for (String header : headers) head.append(header).append("\r\n");
        return head + "\r\n" + body;
    }

    /** Reads a request and gives its body; empty at the end. */
    public static Optional<String> request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) return Optional.empty();
            head.append((char) next);
        }
        int length = head.toString()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return Optional.of(new String(in.readNBytes(length), UTF_8));
    }

    /** Sends text. */
    public static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    /** The connections so far, in their order. */
    public List<Socket> connections() {
        return List.copyOf(connections);
    }

    /** Its port. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Its address, on which it is. */
    public URI url() {
        return URI.create((listener instanceof SSLServerSocket ? "https" : "http") + "://127.0.0.1:" + port());
    }

    private void accept(SocketPlay play) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                connections.add(socket);
                daemon(() -> serve(socket, play));
            } catch (IOException closed) {
                // The test is over.
            }
        }
    }

    private static void serve(Socket socket, SocketPlay play) {
        try (socket) {
            play.on(socket);
        } catch (Exception gone) {
            // So is the client.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : connections) socket.close();
    }
}
