package dev.opencode4j.testkit.impostor;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One request and the way back to who made it. */
final class Exchange {

    private final EventLoop loop;
    private final Connection connection;
    private final RecordedRequest request;
    private final List<String> pathParameters;
    private boolean answerLost;

    Exchange(EventLoop loop, Connection connection, RecordedRequest request, List<String> pathParameters) {
        this.loop = loop;
        this.connection = connection;
        this.request = request;
        this.pathParameters = pathParameters;
    }

    Exchange at(List<String> parameters) {
        Exchange same = new Exchange(loop, connection, request, parameters);
        same.answerLost = answerLost;
        return same;
    }

    RecordedRequest request() {
        return request;
    }

    Connection connection() {
        return connection;
    }

    String path(int index) {
        return pathParameters.get(index);
    }

    JsonNode body() {
        return request.json();
    }

    /** The directory that the request is about, as OpenCode finds it. */
    String directory(String otherwise) {
        return request.header("x-opencode-directory")
                .map(encoded -> URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8))
                .orElse(request.query().getOrDefault("directory", otherwise));
    }

    /** Whatever is answered will not arrive: the connection is closed in its place. */
    void loseAnswer() {
        answerLost = true;
    }

    void json(JsonNode node) {
        answer(Response.ok(node.toString()));
    }

    void answer(Response response) {
        Response.Delivery delivery = answerLost ? Response.Delivery.CLOSED : response.delivery();
        switch (delivery) {
            case CLOSED -> connection.end(Ending.ABRUPT);
            case NEVER -> {}
            default ->
                after(response.beforeHeaders(), () -> {
                    connection.send(response.head());
                    body(response);
                });
        }
    }

    private void body(Response response) {
        byte[] body = response.body();
        int half = body.length / 2;
        if (response.delivery() == Response.Delivery.TRUNCATED) {
            connection.send(Arrays.copyOf(body, half));
            connection.endAfterFlush(Ending.ABRUPT);
        } else if (response.beforeBody().isZero()) {
            connection.send(body);
            finished();
        } else {
            connection.send(Arrays.copyOf(body, half));
            after(response.beforeBody(), () -> {
                connection.send(Arrays.copyOfRange(body, half, body.length));
                finished();
            });
        }
    }

    private void finished() {
        if (request.header("connection").orElse("").equalsIgnoreCase("close")) {
            connection.endAfterFlush(Ending.CLEAN);
        } else {
            connection.answered();
        }
    }

    private void after(Duration delay, Runnable task) {
        if (delay.isZero()) {
            task.run();
        } else {
            loop.schedule(delay, task);
        }
    }
}
