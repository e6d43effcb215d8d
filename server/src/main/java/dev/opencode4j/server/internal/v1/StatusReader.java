package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code {type, attempt?, message?, next?}}, or in older builds the mere type. */
public final class StatusReader {

    private StatusReader() {}

    /** Reads the map of session id to status; an idle session is absent. Throws Jackson's exceptions. */
    public static Map<String, SessionStatus> map(byte[] body) {
        Map<String, SessionStatus> statuses = new HashMap<>();
        JsonReader json = JsonReader.of(body, 0, body.length);
        if (json.enterObject()) {
            String session;
            while ((session = json.nextField()) != null) statuses.put(session, read(json));
        }
        return statuses;
    }

    static SessionStatus read(JsonReader json) {
        if (!json.isObject()) return of(json.textOrEmpty(), 0, null, null);
        String type = "";
        int attempt = 0;
        String message = null;
        Instant next = null;
        json.enterObject();
        String field;
        while ((field = json.nextField()) != null) {
            switch (field) {
                case "type" -> type = json.nameOrEmpty();
                case "attempt" -> attempt = (int) json.number();
                case "message" -> message = json.text();
                case "next" -> next = json.instant();
            }
        }
        return of(type, attempt, message, next);
    }

    private static SessionStatus of(String type, int attempt, @Nullable String message, @Nullable Instant next) {
        return switch (type) {
            case "idle" -> SessionStatus.IDLE;
            case "busy" -> SessionStatus.BUSY;
            default -> new SessionStatus(type, attempt, message, next);
        };
    }
}
