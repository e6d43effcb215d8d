package dev.opencode4j.testkit.impostor;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A turn recorded from a real OpenCode server: {@code NAME.sse} is the event stream, byte for byte, and {@code
 * NAME.json} says which session it was and what its messages were afterwards.
 */
public final class Recording {

    private final String name;
    private final byte[] stream;
    private final JsonNode outcome;
    private final List<String> events;

    private Recording(String name, byte[] stream, byte[] outcome) {
        this.name = name;
        this.stream = stream;
        this.outcome = Json.parse(new String(outcome, StandardCharsets.UTF_8));
        this.events = new String(stream, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    /**
     * A recording that comes with the test kit: {@code text}, {@code reasoning} and {@code bash-once} of every certified
     * version, and a score more of 1.18.33.
     *
     * @throws UncheckedIOException if there is none of this version and name
     */
    public static Recording of(String version, String name) {
        return load(Recording.class, "/dev/opencode4j/testkit/recordings/" + version + '/' + name);
    }

    /**
     * Reads {@code NAME.sse} and {@code NAME.json} from a directory.
     *
     * @throws UncheckedIOException if one of them cannot be read
     */
    public static Recording load(Path directory, String name) {
        try {
            return new Recording(
                    name,
                    Files.readAllBytes(directory.resolve(name + ".sse")),
                    Files.readAllBytes(directory.resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads {@code NAME.sse} and {@code NAME.json} from the class path.
     *
     * @param anchor the class whose loader and package the name is resolved with
     * @param name as for {@link Class#getResource}, without the suffix
     * @throws UncheckedIOException if one of them is not there
     */
    public static Recording load(Class<?> anchor, String name) {
        return new Recording(name, resource(anchor, name + ".sse"), resource(anchor, name + ".json"));
    }

    private static byte[] resource(Class<?> anchor, String name) {
        try (InputStream in = anchor.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("No resource " + name + " beside " + anchor.getName() + ".");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of the stream, for a parser's test. */
    public byte[] stream() {
        return stream.clone();
    }

    /** The events, each a JSON text, {@code server.connected} first. */
    public List<String> events() {
        return events;
    }

    /** The types of the events. */
    public List<String> eventTypes() {
        return events.stream().map(Recording::type).toList();
    }

    private static String type(String event) {
        return Json.parse(event).path("type").asString();
    }

    /** The id of the session that was prompted. */
    public String sessionId() {
        return outcome.path("sessionID").asString();
    }

    /** The text of the prompt. */
    public String prompt() {
        return outcome.path("prompt").asString();
    }

    /** The session's messages after the turn: an array of {@code {info, parts}}. */
    public JsonNode messages() {
        return outcome.path("messages").deepCopy();
    }

    String promptId() {
        return outcome.path("messages").path(0).path("info").path("id").asString();
    }

    /** The events from the first busy on: those before it are about the prompt itself. */
    List<String> turnEvents() {
        int first = eventTypes().indexOf("session.status");
        return events.subList(Math.max(0, first), events.size());
    }

    @Override
    public String toString() {
        return "Recording[" + name + ", " + events.size() + " events]";
    }
}
