package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.server.internal.v1.MessageReader;
import dev.opencode4j.server.model.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A real server's event stream, and the messages that it had stored afterwards. */
final class Recording {

    private static final Path ALL = Path.of("../testkit/src/main/resources/dev/opencode4j/testkit/recordings");

    private final String name;
    private final byte[] stream;
    private final String sessionId;
    private final List<Message> messages;

    private Recording(String name, byte[] stream, String sessionId, List<Message> messages) {
        this.name = name;
        this.stream = stream;
        this.sessionId = sessionId;
        this.messages = messages;
    }

    byte[] stream() {
        return stream;
    }

    String sessionId() {
        return sessionId;
    }

    static Stream<Recording> all() {
        try (Stream<Path> files = Files.walk(ALL)) {
            return files.filter(file -> file.toString().endsWith(".sse")).sorted().toList().stream()
                    .map(Recording::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recording read(Path sse) {
        try {
            Path json = sse.resolveSibling(sse.getFileName().toString().replace(".sse", ".json"));
            var after = Json.parse(Files.readString(json)).node();
            List<Message> messages =
                    MessageReader.list(after.get("messages").toString().getBytes(StandardCharsets.UTF_8));
            return new Recording(
                    ALL.relativize(sse).toString(),
                    Files.readAllBytes(sse),
                    after.get("sessionID").asString(),
                    messages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String promptId() {
        return messages.stream()
                .filter(message -> message.info().isUser())
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .id();
    }

    List<Message> answers() {
        return messages.stream()
                .filter(message -> promptId().equals(message.info().parentId()))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
