package dev.opencode4j.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server of raw sockets that does to every request what the test says, and keeps what it was sent. */
public final class OneAnswerServer implements AutoCloseable {

    /** What is done to a request; the connection is closed after it. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(Received request, Connection connection) throws IOException, InterruptedException;
    }

    /** The connection that a request came on. */
    public record Connection(Socket socket, BlockingQueue<String> ends) {

        /** Writes this and nothing else. */
        public void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        /** Keeps the connection open until the other side closes it, then notes {@code name}. */
        public void untilClosed(String name) throws IOException {
            try {
                while (socket.getInputStream().read() >= 0) {
                    // Whatever still comes is of no interest.
                }
            } finally {
                ends.add(name);
            }
        }

        /** Writes a whole answer. */
        public void answer(int status, String type, String body, String... headers) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
            if (!type.isEmpty()) head.append("content-type: ").append(type).append("\r\n");
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            if (status != 204) head.append("content-length: ").append(length).append("\r\n");
            for (String header : headers) head.append(header).append("\r\n");
            write(head.append("connection: close\r\n\r\n").append(body).toString());
        }
    }

    /** A request as it came. */
    public record Received(String method, String target, String head, String body) {
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ':', 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    private final ServerSocket listener;
    private final Behaviour behaviour;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    public OneAnswerServer(Behaviour behaviour) {
        this(0, behaviour);
    }

    public OneAnswerServer(int port, Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Answers every request with this. */
    public static OneAnswerServer answering(int status, String type, String body, String... headers) {
        return new OneAnswerServer((request, connection) -> connection.answer(status, type, body, headers));
    }

    /** Answers every request with 200 and this JSON. */
    public static OneAnswerServer json(String body) {
        return answering(200, "application/json", body);
    }

    /** Waits until the other side closed a connection that waited for it. */
    public String awaitEnd() throws InterruptedException {
        String end = ends.poll(10, TimeUnit.SECONDS);
        return end == null ? "still open" : end;
    }

    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    public List<Received> requests() {
        return new ArrayList<>(requests);
    }

    public Received only() {
        if (requests.size() != 1) throw new AssertionError("not one request: " + requests);
        return requests.get(0);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Received request = receive(new BufferedInputStream(socket.getInputStream()));
            requests.add(request);
            behaviour.answer(request, new Connection(socket, ends));
        } catch (IOException | InterruptedException broken) {
            // As the test wants it.
        }
    }

    private static Received receive(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) throw new IOException("cut");
            head.append((char) c);
        }
        String[] line = head.substring(0, head.indexOf("\r\n")).split(" ", 3);
        Received bare = new Received(line[0], line[1], head.toString(), "");
        String length = bare.header("content-length");
        byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        return new Received(line[0], line[1], head.toString(), new String(body, StandardCharsets.UTF_8));
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "one-answer-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) socket.close();
    }
}
