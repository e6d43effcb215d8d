package dev.opencode4j.testkit.model;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to a model as OpenCode does. */
final class ModelClient {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    ModelClient(ScriptedModel model) {
        this.base = model.baseUri();
    }

    static Map<String, Object> user(String text) {
        return Map.of("role", "user", "content", text);
    }

    static Map<String, Object> toolResult() {
        return Map.of("role", "tool", "tool_call_id", "call_1", "content", "done");
    }

    static Map<String, Object> system(String text) {
        return Map.of("role", "system", "content", text);
    }

    Streamed stream(Object... messages) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> response = http.send(request(true, messages), BodyHandlers.ofLines());
        return Streamed.of(response.body());
    }

    CompletableFuture<Streamed> streamLater(Object... messages) {
        return http.sendAsync(request(true, messages), BodyHandlers.ofLines())
                .thenApply(response -> Streamed.of(response.body()));
    }

    HttpResponse<String> whole(Object... messages) throws IOException, InterruptedException {
        return http.send(request(false, messages), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
    }

    HttpRequest request(boolean stream, Object... messages) {
        return raw(
                JSON.writeValueAsString(Map.of("model", "scripted", "stream", stream, "messages", List.of(messages))));
    }

    HttpRequest raw(String body) {
        return HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                .header("content-type", "application/json")
                .header("authorization", "Bearer very-secret")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    HttpClient http() {
        return http;
    }

    /** The frames of a streamed answer. */
    record Streamed(List<String> frames) {

        static Streamed of(Stream<String> lines) {
            return new Streamed(lines.filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring(6))
                    .toList());
        }

        List<JsonNode> chunks() {
            return frames.stream()
                    .filter(frame -> !frame.equals("[DONE]"))
                    .map(JSON::readTree)
                    .toList();
        }

        String text() {
            return joined("content");
        }

        String thought() {
            return joined("reasoning_content");
        }

        String finish() {
            return chunks().stream()
                    .map(chunk -> chunk.at("/choices/0/finish_reason").asString(""))
                    .collect(Collectors.joining());
        }

        String tool() {
            return chunks().stream()
                    .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0/function/name")
                            .asString(""))
                    .collect(Collectors.joining());
        }

        JsonNode arguments() {
            return JSON.readTree(chunks().stream()
                    .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0/function/arguments")
                            .asString(""))
                    .collect(Collectors.joining()));
        }

        private String joined(String field) {
            return chunks().stream()
                    .map(chunk -> chunk.at("/choices/0/delta/" + field).asString(""))
                    .collect(Collectors.joining());
        }
    }
}
