package dev.opencode4j.testkit.real;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The few requests that a test of a real server needs. */
public final class ServerRequests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RealOpenCode server;

    public ServerRequests(RealOpenCode server) {
        this.server = server;
    }

    public HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        String credentials = RealOpenCode.USER + ":" + server.password();
        return http.send(
                HttpRequest.newBuilder(server.baseUri().resolve(path))
                        .timeout(Duration.ofSeconds(60))
                        .header("content-type", "application/json")
                        .header(
                                "authorization",
                                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)))
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(send("GET", path, "").body());
    }

    public String createSession() throws IOException, InterruptedException {
        return JSON.readTree(send("POST", "/session", "{\"title\":\"a test\"}").body())
                .path("id")
                .asString();
    }

    public HttpResponse<String> prompt(String session, String text) throws IOException, InterruptedException {
        return send("POST", "/session/" + session + "/prompt_async", body(text));
    }

    public static String body(String text) {
        return "{\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    /** Waits until the session is not busy any more. */
    public void awaitIdle(String session) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (get("/session/status").has(session)) {
            if (System.nanoTime() - start > Duration.ofSeconds(60).toNanos()) {
                throw new AssertionError("Session still busy after a minute");
            }
            Thread.sleep(20);
        }
    }
}
