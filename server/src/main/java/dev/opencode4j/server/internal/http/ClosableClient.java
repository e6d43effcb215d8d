package dev.opencode4j.server.internal.http;

import java.net.http.HttpClient;

/** Closes an HTTP client at once where that can be done, from Java 21 on; before, it ends when it is forgotten. */
final class ClosableClient {

    private ClosableClient() {}

    static void close(HttpClient client) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (ReflectiveOperationException before21) {
            // Its threads are daemons and end once nobody holds it.
        }
    }
}
