package dev.opencode4j.batch.kill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the prompts of a batch go that dies: it lives on, answers, and counts. A session is opened with {@code POST /},
 * prompted with {@code POST /ID}, and its answer is waited for with {@code GET /ID}.
 */
final class Outside implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private final Map<String, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> times = new ConcurrentHashMap<>();

    Outside() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** How often this prompt came. */
    int times(String prompt) {
        AtomicInteger count = times.get(prompt);
        return count == null ? 0 : count.get();
    }

    /** How many prompts came. */
    int received() {
        return received.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String session = exchange.getRequestURI().getPath().substring(1);
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (session.isEmpty()) respond(exchange, "ses_" + sessions.incrementAndGet());
            else if (exchange.getRequestMethod().equals("POST")) respond(exchange, answer(session, body));
            else respond(exchange, answers.get(session));
        }
    }

    private CompletableFuture<String> answer(String session, String prompt) {
        times.computeIfAbsent(prompt, text -> new AtomicInteger()).incrementAndGet();
        received.incrementAndGet();
        int millis = ThreadLocalRandom.current().nextInt(30);
        return answers.computeIfAbsent(
                session,
                id -> CompletableFuture.supplyAsync(
                        () -> "echo " + prompt,
                        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, executor)));
    }

    private static void respond(HttpExchange exchange, CompletableFuture<String> answer) throws IOException {
        if (answer == null) exchange.sendResponseHeaders(204, -1);
        else respond(exchange, answer.join());
    }

    private static void respond(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
