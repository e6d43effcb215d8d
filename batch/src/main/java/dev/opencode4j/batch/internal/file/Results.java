package dev.opencode4j.batch.internal.file;

import dev.opencode4j.batch.BatchFailure;
import dev.opencode4j.batch.BatchResult;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The results, one line each: the truth of what is finished. Thread-safe. */
public final class Results {

    private final LineFile file;

    Results(LineFile file) {
        this.file = file;
    }

    /** The ids that have a result. */
    Set<String> read() throws IOException {
        Set<String> ids = new HashSet<>();
        file.read(LineFile.LastLine.COUNTS, line -> {
            String id = line.path("id").stringValue(null);
            if (id == null) throw new IllegalArgumentException("it is no result, for it has no 'id'");
            ids.add(id);
        });
        return ids;
    }

    /** Writes a result. */
    public void append(BatchResult result) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", result.id());
        line.put("status", result.isCompleted() ? "completed" : "failed");
        line.put("text", result.text());
        if (result.structured() != null) line.put("structured", result.structured());
        line.put("usage", result.usage());
        line.put("cost", result.cost());
        line.put("attempts", result.attempts());
        line.put("sessionId", result.sessionId());
        if (result.rerun()) line.put("rerun", true);
        BatchFailure error = result.error();
        if (error != null) line.put("error", error(error));
        file.append(line);
    }

    private static Map<String, Object> error(BatchFailure failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("class", failure.type());
        error.put("message", failure.message());
        return error;
    }
}
