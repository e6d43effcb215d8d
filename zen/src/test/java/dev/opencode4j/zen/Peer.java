package dev.opencode4j.zen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The other side of a socket, byte by byte: each request is played the next scene, and the last scene again and again.
 * One request a connection.
 */
final class Peer implements AutoCloseable {

    /** What is done with one request; the connection is closed after it. */
    @FunctionalInterface
    interface Scene {
        void play(Stage stage) throws Exception;
    }

    /**
     * A request that came.
     *
     * @param head the request line and the headers
     * @param body the body
     */
    record Received(String head, String body) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    /** One connection, whose request has been read. */
    static final class Stage {

        private final Socket socket;
        private final Received request;
        private final OutputStream out;

        private Stage(Socket socket, Received request) throws IOException {
            this.socket = socket;
            this.request = request;
            out = socket.getOutputStream();
        }

        Received request() {
            return request;
        }

        InputStream in() throws IOException {
            return socket.getInputStream();
        }

        OutputStream out() {
            return out;
        }

        void head(int status, String type, String... headers) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Played\r\nConnection: close\r\n");
            if (!type.isEmpty()) head.append("Content-Type: ").append(type).append("\r\n");
            for (String header : headers) head.append(header).append("\r\n");
            raw((head + "\r\n").getBytes(UTF_8));
        }

        void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        void text(String text) throws IOException {
            raw(text.getBytes(UTF_8));
        }

        void stream() throws IOException {
            head(200, "Text/Event-Stream; charset=utf-8");
        }

        void frame(String data) throws IOException {
            text("data: " + data + "\n\n");
        }

        void say(String words) throws IOException {
            frame("{\"choices\":[{\"index\":0,\"delta\":{\"content\":" + quoted(words) + "}}]}");
        }

        void finish(String reason) throws IOException {
            frame("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}");
        }

        void done() throws IOException {
            frame("[DONE]");
        }

        /** Waits until the other side hangs up. */
        void hold() throws IOException {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }

        /** Ends the connection as a crash does. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private final ServerSocket listener;
    private final ConcurrentLinkedQueue<Scene> scenes = new ConcurrentLinkedQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ended = new AtomicInteger();

    private Peer(ServerSocket listener, List<Scene> scenes) {
        this.listener = listener;
        this.scenes.addAll(scenes);
        try {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    static Peer playing(Scene... scenes) {
        try {
            return playing(new ServerSocket(), scenes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Behind a socket that is not bound yet: one of TLS, say. */
    static Peer playing(ServerSocket listener, Scene... scenes) {
        return new Peer(listener, List.of(scenes));
    }

    static Scene saying(String... words) {
        return stage -> {
            stage.stream();
            for (String word : words) stage.say(word);
            stage.finish("stop");
            stage.done();
        };
    }

    static Scene refusing(int status, String body, String... headers) {
        return stage -> {
            stage.head(status, "application/json", headers);
            stage.text(body);
        };
    }

    static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    URI baseUrl() {
        String scheme = listener instanceof SSLServerSocket ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort() + "/v1");
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    JsonNode request(int index) {
        return received.get(index).json();
    }

    /** How many scenes have ended, by themselves or because the other side hung up. */
    int ended() {
        return ended.get();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException closed) {
                // The test is over.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Received request = read(socket.getInputStream());
            received.add(request);
            Scene scene;
            synchronized (scenes) {
                scene = scenes.size() > 1 ? scenes.remove() : scenes.element();
            }
            scene.play(new Stage(socket, request));
        } catch (Exception gone) {
            // A client that hung up in the middle is what many tests want.
        } finally {
            ended.incrementAndGet();
            sockets.remove(socket);
        }
    }

    private static Received read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) throw new IOException("no request");
            head.write(next);
        }
        String text = head.toString(UTF_8);
        int length = text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return new Received(text, new String(in.readNBytes(length), UTF_8));
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "peer");
        thread.setDaemon(true);
        thread.start();
    }
}
