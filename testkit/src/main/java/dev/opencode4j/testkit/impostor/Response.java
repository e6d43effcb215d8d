package dev.opencode4j.testkit.impostor;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response of the test's making, in place of the honest one. Immutable: each method answers a changed copy.
 *
 * <pre>{@code
 * impostor.faults().nextResponse(RecordedRequest.prompts(), Response.status(503).retryAfter(Duration.ofSeconds(1)));
 * }</pre>
 */
public final class Response {

    enum Delivery {
        WHOLE,
        TRUNCATED,
        CLOSED,
        NEVER
    }

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Delivery delivery;
    private final Duration beforeHeaders;
    private final Duration beforeBody;

    private Response(
            int status,
            Map<String, String> headers,
            byte[] body,
            Delivery delivery,
            Duration beforeHeaders,
            Duration beforeBody) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.delivery = delivery;
        this.beforeHeaders = beforeHeaders;
        this.beforeBody = beforeBody;
    }

    /** A response with that status and an empty body. */
    public static Response status(int status) {
        return new Response(status, Map.of(), new byte[0], Delivery.WHOLE, Duration.ZERO, Duration.ZERO);
    }

    /** A 200 with that JSON. */
    public static Response ok(String json) {
        return status(200).json(json);
    }

    /** The page that OpenCode answers, with status 200, for a route that it does not know. */
    public static Response webPage() {
        return status(200).html("<!doctype html>\n<html lang=\"en\"><head><title>OpenCode</title></head></html>\n");
    }

    /** An error in OpenCode's first shape: {@code {"name", "data": {"message"}}}. */
    public static Response error(int status, String name, String message) {
        var error = Json.object().put("name", name);
        error.putObject("data").put("message", message);
        return status(status).json(error.toString());
    }

    /** What OpenCode answers when it stumbled itself. */
    static Response unexpected() {
        var error = Json.object().put("name", "UnknownError");
        error.putObject("data")
                .put("message", "Unexpected server error. Check server logs for details.")
                .put("ref", "err_00000000");
        return status(500).json(error.toString());
    }

    /**
     * No response at all: the connection is closed as soon as the request has been read. The JDK's client repeats a GET
     * by itself then; give it more than one of these.
     */
    public static Response closeWithoutAnswer() {
        return status(200).delivered(Delivery.CLOSED);
    }

    /** No response at all, and the connection stays open. */
    public static Response never() {
        return status(200).delivered(Delivery.NEVER);
    }

    /** With one more header. */
    public Response header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, Collections.unmodifiableMap(more), body, delivery, beforeHeaders, beforeBody);
    }

    /** With {@code retry-after}, in whole seconds. */
    public Response retryAfter(Duration wait) {
        return header("retry-after", Long.toString(wait.toSeconds()));
    }

    /** With a JSON body; the text is sent as it is, valid or not. */
    public Response json(String json) {
        return header("content-type", "application/json").body(json);
    }

    /** With an HTML body. */
    public Response html(String html) {
        return header("content-type", "text/html").body(html);
    }

    /** With a body that says it is JSON and is not. */
    public Response garbage() {
        return json("{\"id\": \"ses_\u0000\ufffd, [[[");
    }

    /** The headers come that much later. */
    public Response slowHeaders(Duration delay) {
        return new Response(status, headers, body, delivery, delay, beforeBody);
    }

    /** The headers come at once; then half of the body, and the rest after the delay. */
    public Response slowBody(Duration delay) {
        return new Response(status, headers, body, delivery, beforeHeaders, delay);
    }

    /** Only half of the body that the headers promise is sent, then the connection is closed. */
    public Response truncated() {
        return delivered(Delivery.TRUNCATED);
    }

    private Response body(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Response(status, headers, bytes, delivery, beforeHeaders, beforeBody);
    }

    private Response delivered(Delivery how) {
        return new Response(status, headers, body, how, beforeHeaders, beforeBody);
    }

    Delivery delivery() {
        return delivery;
    }

    Duration beforeHeaders() {
        return beforeHeaders;
    }

    Duration beforeBody() {
        return beforeBody;
    }

    byte[] body() {
        return body;
    }

    byte[] head() {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" Scripted\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (status != 204) {
            head.append("content-length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Response[" + status + ", " + delivery + ", " + body.length + " bytes]";
    }
}
