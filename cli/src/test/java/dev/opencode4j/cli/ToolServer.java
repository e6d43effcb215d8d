package dev.opencode4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server of one tool by the Model Context Protocol, {@code shout}: over HTTP, or as a program on standard input and
 * output. What it shouts ends with a mark of its own, by which a test knows who has shouted.
 */
final class ToolServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;

    private ToolServer(HttpServer server) {
        this.server = server;
    }

    /** Over HTTP, for those who show the token. */
    static ToolServer start(String mark, String token) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mcp", exchange -> serve(exchange, mark, token));
        server.start();
        return new ToolServer(server);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void serve(HttpExchange exchange, String mark, String token) throws IOException {
        try (exchange) {
            if (!token.equals(exchange.getRequestHeaders().getFirst("X-Token"))) {
                exchange.sendResponseHeaders(403, -1);
            } else if (!exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(405, -1); // It has no stream of its own.
            } else {
                Optional<String> answer = answer(JSON.readTree(exchange.getRequestBody()), mark);
                if (answer.isEmpty()) {
                    exchange.sendResponseHeaders(202, -1);
                    return;
                }
                byte[] bytes = answer.get().getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /** As a program, whose mark stands in its environment. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            answer(JSON.readTree(line), System.getenv("MARK")).ifPresent(out::println);
        }
    }

    /** The answer to a message; none to a notification. */
    private static Optional<String> answer(JsonNode message, String mark) {
        if (!message.has("id")) return Optional.empty();
        JsonNode asked = message.path("params");
        Map<String, ?> result = switch (message.path("method").asString()) {
            case "initialize" ->
                Map.of(
                        "protocolVersion", asked.path("protocolVersion").asString("2025-03-26"),
                        "capabilities", Map.of("tools", Map.of()),
                        "serverInfo", Map.of("name", "shouting", "version", "1"));
            case "tools/list" -> Map.of("tools", List.of(tool()));
            case "tools/call" ->
                Map.of("content", List.of(text(asked.at("/arguments/words").asString() + mark)));
            default -> Map.of();
        };
        return Optional.of(
                JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "id", message.path("id"), "result", result)));
    }

    private static Map<String, ?> tool() {
        return Map.of(
                "name", "shout",
                "description", "Shouts.",
                "inputSchema", Map.of("type", "object", "properties", Map.of("words", Map.of("type", "string"))));
    }

    private static Map<String, ?> text(String text) {
        return Map.of("type", "text", "text", text);
    }
}
