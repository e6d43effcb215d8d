package dev.opencode4j.testkit.impostor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** The least that talks to a server. */
final class Client {

    private final HttpClient http =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final URI url;

    Client(URI url) {
        this.url = url;
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(url.resolve(path))
                .header("content-type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return http.send(request(method, path, body), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(String method, String path, String body) {
        return http.sendAsync(request(method, path, body), BodyHandlers.ofString());
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return Json.parse(send("GET", path, "").body());
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return Json.parse(send("POST", path, body).body());
    }

    String newSession() throws IOException, InterruptedException {
        return post("/session", "{\"title\":\"A test\"}").path("id").asString();
    }

    static String prompt(String text) {
        return "{\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    static String prompt(String messageId, String text) {
        return "{\"messageID\":\"" + messageId + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    int promptAsync(String session, String text) throws IOException, InterruptedException {
        return send("POST", "/session/" + session + "/prompt_async", prompt(text))
                .statusCode();
    }

    JsonNode messages(String session) throws IOException, InterruptedException {
        return get("/session/" + session + "/message");
    }
}
