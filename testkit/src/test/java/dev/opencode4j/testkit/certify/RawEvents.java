package dev.opencode4j.testkit.certify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.opencode4j.testkit.real.RealOpenCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server's event stream as it is, without any of our code: what a trap's raw fact is seen in. */
final class RawEvents implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final Stream<String> lines;

    private RawEvents(Stream<String> lines) {
        this.lines = lines;
        Thread reader = new Thread(this::read, "raw-events");
        reader.setDaemon(true);
        reader.start();
    }

    /** Subscribes, and returns when the server has said that it listens. */
    static RawEvents of(RealOpenCode server) throws IOException, InterruptedException {
        String credentials = RealOpenCode.USER + ":" + server.password();
        HttpRequest request = HttpRequest.newBuilder(server.baseUri().resolve("/event"))
                .header("authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)))
                .build();
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        RawEvents events = new RawEvents(
                http.send(request, HttpResponse.BodyHandlers.ofLines()).body());
        events.await("server.connected", "");
        return events;
    }

    private void read() {
        try {
            lines.filter(line -> line.startsWith("data:"))
                    .forEach(line -> events.add(JSON.readTree(line.substring("data:".length()))));
        } catch (UncheckedIOException e) {
            // The stream was closed, or the server killed.
        }
    }

    /** The events of a session so far; of all if the id is empty. */
    List<JsonNode> of(String session) {
        return events.stream()
                .filter(event -> session.isEmpty() || event.toString().contains(session))
                .toList();
    }

    /** The types of a session's events so far, in order. */
    List<String> types(String session) {
        return of(session).stream().map(event -> event.path("type").asString()).toList();
    }

    long count(String type, String session) {
        return types(session).stream().filter(type::equals).count();
    }

    void await(String type, String session) {
        Eventually.holds(type, Rig.BOUND, () -> types(session).contains(type));
    }

    @Override
    public void close() {
        lines.close();
    }
}
