package dev.opencode4j.benchmarks.latency;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.opencode4j.core.part.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * As little of an OpenCode server as a turn needs, which remembers when it wrote each delta. It lives in the client's JVM:
 * both read the same clock.
 */
final class StampingServer implements AutoCloseable {

    private static final String SESSION = "ses_000000000001aaaaaaaaaaaaaa";
    private static final String ANSWER = "msg_fffffffffff0aaaaaaaaaaaaaa";
    private static final String PART = "prt_000000000001aaaaaaaaaaaaaa";

    /** Each event has an id of its own: one that comes twice is dropped. */
    private static final AtomicLong EVENTS = new AtomicLong();

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final AtomicLongArray written;
    private final long pauseNanos;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CompletableFuture<OutputStream> stream = new CompletableFuture<>();

    /** A server whose answer has so many deltas, each so long after the one before. */
    StampingServer(int deltas, long pauseNanos) {
        this.written = new AtomicLongArray(deltas);
        this.pauseNanos = pauseNanos;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/session", this::session);
        server.createContext("/event", this::events);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** When the delta of the latest turn was handed to the socket, by {@link System#nanoTime}. */
    long written(int delta) {
        return written.get(delta);
    }

    private void session(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestURI().getPath().endsWith("/prompt_async")) {
            String prompt = Json.parse(new String(body, StandardCharsets.UTF_8))
                    .node()
                    .path("messageID")
                    .asString();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            threads.execute(() -> answer(prompt));
            return;
        }
        boolean messages = exchange.getRequestURI().getPath().endsWith("/message");
        String session = "{\"id\":\"" + SESSION + "\",\"time\":{\"created\":1,\"updated\":1}}";
        byte[] answer = (messages ? "[]" : session).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private void events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        send(out, "server.connected", "{}");
        stream.complete(out);
    }

    private void answer(String prompt) {
        OutputStream out = stream.join();
        String id = "\"sessionID\":\"" + SESSION + "\"";
        String of = id + ",\"messageID\":\"" + ANSWER + "\"";
        try {
            send(out, "message.updated", info(prompt, ",\"role\":\"user\"", 0));
            String assistant = ",\"role\":\"assistant\",\"parentID\":\"" + prompt + "\"";
            send(out, "message.updated", info(ANSWER, assistant, 0));
            for (int i = 0; i < written.length(); i++) {
                String delta = of + ",\"partID\":\"" + PART + "\",\"field\":\"text\",\"delta\":\"" + i + " \"";
                byte[] frame = frame("message.part.delta", "{" + delta + "}");
                LockSupport.parkNanos(pauseNanos);
                written.set(i, System.nanoTime());
                out.write(frame);
                out.flush();
            }
            send(out, "message.updated", info(ANSWER, assistant + ",\"finish\":\"stop\"", 2));
            send(out, "session.idle", "{" + id + "}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String info(String message, String more, int completed) {
        String time = completed == 0 ? "{\"created\":1}" : "{\"created\":1,\"completed\":" + completed + "}";
        return "{\"sessionID\":\"" + SESSION + "\",\"info\":{\"id\":\"" + message + "\",\"sessionID\":\"" + SESSION
                + "\"" + more + ",\"time\":" + time + "}}";
    }

    private static void send(OutputStream out, String type, String properties) throws IOException {
        out.write(frame(type, properties));
        out.flush();
    }

    private static byte[] frame(String type, String properties) {
        return ("data: {\"id\":\"evt_" + EVENTS.incrementAndGet() + "\",\"type\":\"" + type + "\",\"properties\":"
                        + properties + "}\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
