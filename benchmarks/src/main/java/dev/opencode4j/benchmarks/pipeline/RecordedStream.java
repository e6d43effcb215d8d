package dev.opencode4j.benchmarks.pipeline;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.testkit.impostor.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** An event stream recorded from a real server. */
final class RecordedStream {

    /** A frame's place in {@link #bytes()}. */
    record Frame(int offset, int length) {}

    private static final Set<String> STORED =
            Set.of("session.created", "session.updated", "session.deleted", "message.updated", "message.part.updated");

    private final byte[] bytes;
    private final String sessionId;
    private final String promptId;

    private RecordedStream(byte[] bytes, String sessionId, String promptId) {
        this.bytes = bytes;
        this.sessionId = sessionId;
        this.promptId = promptId;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whose turn was recorded. */
    String sessionId() {
        return sessionId;
    }

    /** The message that began it. */
    String promptId() {
        return promptId;
    }

    /** All recordings that the test kit brings, in the order of their names. */
    static List<RecordedStream> all() {
        try {
            URI root = Recording.class
                    .getResource("/dev/opencode4j/testkit/recordings")
                    .toURI();
            if (!root.getScheme().equals("jar")) return under(Path.of(root));
            try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
                return under(jar.getPath("/dev/opencode4j/testkit/recordings"));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<RecordedStream> under(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".sse"))
                    .sorted()
                    .map(RecordedStream::read)
                    .toList();
        }
    }

    private static RecordedStream read(Path sse) {
        Path json = sse.resolveSibling(sse.getFileName().toString().replace(".sse", ".json"));
        try {
            JsonNode after = Json.parse(Files.readString(json)).node();
            String prompt = "";
            for (JsonNode message : after.path("messages")) {
                JsonNode info = message.path("info");
                if (info.path("role").asString().equals("user"))
                    prompt = info.path("id").asString();
            }
            return new RecordedStream(
                    Files.readAllBytes(sse), after.path("sessionID").asString(), prompt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as the stream of the whole server brings it: each event wrapped, and what is stored said once more. */
    RecordedStream ofWholeServer() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Frame frame : frames()) {
            String event = new String(bytes, frame.offset(), frame.length(), StandardCharsets.UTF_8);
            JsonNode said = Json.parse(event).node();
            out.writeBytes(wrapped(event));
            String id = said.path("id").asString("");
            String type = said.path("type").asString();
            if (!id.isEmpty() && STORED.contains(type)) out.writeBytes(wrapped(repetition(id, type, said)));
        }
        return new RecordedStream(out.toByteArray(), sessionId, promptId);
    }

    private static byte[] wrapped(String event) {
        return ("data: {\"directory\":\"/home/somebody/projects/one\",\"project\":\"global\",\"payload\":" + event
                        + "}\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** As 1.15.13 and 1.18.33 send it. */
    private static String repetition(String id, String type, JsonNode said) {
        return "{\"type\":\"sync\",\"syncEvent\":{\"id\":\"" + id + "\",\"type\":\"" + type + ".1\",\"seq\":0,\"data\":"
                + said.path("properties") + "}}";
    }

    /** Where the events' JSON lies. */
    List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        int start = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] != '\n') continue;
            if (end - start > 6 && bytes[start] == 'd') frames.add(new Frame(start + 6, end - start - 6));
            start = end + 1;
        }
        return frames;
    }

    /** The events' JSON, one after the other. */
    byte[] json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Frame frame : frames()) {
            out.write(bytes, frame.offset(), frame.length());
            out.write('\n');
        }
        return out.toByteArray();
    }
}
