package dev.opencode4j.batch;

import dev.opencode4j.core.part.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The files of a batch in a test, and what is in them. */
record Workshop(Path folder) {

    Path results() {
        return folder.resolve("results.jsonl");
    }

    Path ledger() {
        return folder.resolve("results.jsonl.ledger");
    }

    Batch.Builder batch(FakeAgent agent) {
        return Batch.of(agent).results(results());
    }

    /** Prompts {@code p1}, {@code p2} and so on, whose text is their id. */
    static Stream<BatchPrompt> prompts(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> BatchPrompt.of("p" + i, "p" + i));
    }

    static InputStream lines(String... lines) {
        return new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    /** The lines of the results file. */
    List<JsonNode> all() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String line : Files.readAllLines(results()))
            all.add(Json.parse(line).node());
        return all;
    }

    /** The results by id, of which none may have two. */
    Map<String, JsonNode> byId() throws IOException {
        return all().stream().collect(Collectors.toMap(line -> line.path("id").asString(), Function.identity()));
    }

    JsonNode result(String id) throws IOException {
        return byId().get(id);
    }
}
