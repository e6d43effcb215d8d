package dev.opencode4j.zen.internal.http;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The HTTP clients: one for each limit on connecting, which the JDK wants to know when a client is made; nearly always
 * there is one. They share a few threads, on which answers are parsed. Nothing blocks there: a thread for each answer
 * would be woken for each chunk, where few threads find several chunks waiting.
 */
final class Connections implements AutoCloseable {

    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, Connections::daemon);
    private final Map<Duration, HttpClient> clients = new ConcurrentHashMap<>();

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "opencode4j-zen-http-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    HttpClient within(Duration connect) {
        HttpClient known = clients.get(connect); // Asked first, for computing locks even what is there.
        return known != null ? known : clients.computeIfAbsent(connect, this::client);
    }

    private HttpClient client(Duration connect) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect)
                .executor(executor)
                .build();
    }

    /** Ends the clients where that can be done, from Java 21 on; before, they end when they are forgotten. */
    @Override
    public void close() {
        clients.values().forEach(client -> {
            try {
                HttpClient.class.getMethod("shutdownNow").invoke(client);
            } catch (ReflectiveOperationException before21) {
                // Their threads are daemons.
            }
        });
        clients.clear();
        executor.shutdown();
    }
}
