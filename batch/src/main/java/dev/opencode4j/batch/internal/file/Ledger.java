package dev.opencode4j.batch.internal.file;

import dev.opencode4j.core.reply.Attempt;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What was begun, written down before it begins. With the results it tells a run that follows what must not be sent
 * again. Records are facts, one a line:
 *
 * <ul>
 *   <li>{@code started}: a session is open, and its prompt is about to be sent;
 *   <li>{@code ended}: that attempt is over without a result, and the prompt is to be tried again;
 *   <li>{@code interrupted}: that attempt was interrupted with the whole run;
 *   <li>{@code finished}: the result is in its file.
 * </ul>
 *
 * Thread-safe.
 */
public final class Ledger {

    private final LineFile file;

    Ledger(LineFile file) {
        this.file = file;
    }

    /** What is known of the prompts that are not finished, by id. */
    Map<String, Past> read() throws IOException {
        Map<String, Past> pasts = new HashMap<>();
        file.read(LineFile.LastLine.IS_CUT_OFF, record -> take(record, pasts));
        return pasts;
    }

    private static void take(JsonNode record, Map<String, Past> pasts) {
        String id = text(record, "id");
        List<Attempt> before = pasts.getOrDefault(id, Past.NONE).attempts();
        switch (text(record, "event")) {
            case "started" ->
                pasts.put(id, new Past(before, new Past.InFlight(text(record, "session"), time(record)), null));
            case "ended" -> pasts.put(id, new Past(AttemptJson.readAll(record.path("attempts")), null, null));
            case "interrupted" ->
                pasts.put(id, new Past(AttemptJson.readAll(record.path("attempts")), null, interruption(record)));
            case "finished" -> pasts.remove(id);
            default -> throw new IllegalArgumentException(record.path("event") + " is no event of a ledger");
        }
    }

    private static Past.Interruption interruption(JsonNode record) {
        return new Past.Interruption(
                record.path("tools").valueStream().map(JsonNode::asString).toList());
    }

    private static String text(JsonNode record, String field) {
        String text = record.path(field).stringValue(null);
        if (text == null) throw new IllegalArgumentException("it has no '" + field + "'");
        return text;
    }

    private static Instant time(JsonNode record) {
        try {
            return Instant.parse(text(record, "at"));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'at' is no time", e);
        }
    }

    /** A prompt is about to be sent in a session. */
    public void started(String id, String sessionId, Instant at) throws IOException {
        Map<String, Object> record = event("started", id);
        record.put("session", sessionId);
        record.put("at", at);
        file.append(record);
    }

    /** An attempt is over without a result; {@code attempts} are all of the prompt's so far. */
    public void ended(String id, List<Attempt> attempts) throws IOException {
        Map<String, Object> record = event("ended", id);
        record.put("attempts", attempts);
        file.append(record);
    }

    /** An attempt was interrupted with the run, after it had used {@code tools}. */
    public void interrupted(String id, List<Attempt> attempts, List<String> tools) throws IOException {
        Map<String, Object> record = event("interrupted", id);
        record.put("attempts", attempts);
        record.put("tools", tools);
        file.append(record);
    }

    /** The result is in its file. */
    public void finished(String id) throws IOException {
        file.append(event("finished", id));
    }

    private static Map<String, Object> event(String event, String id) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("event", event);
        record.put("id", id);
        return record;
    }
}
