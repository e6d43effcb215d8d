package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.reply.Usage;
import dev.opencode4j.server.model.MessageInfo;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the {@code info} of a message. A user's names its model in an object, an assistant's in two fields. */
final class MessageInfoReader {

    private String id = "";
    private String sessionId = "";
    private String role = "";
    private @Nullable String parentId;
    private @Nullable Instant created;
    private @Nullable Instant completed;
    private @Nullable String finish;
    private Usage usage = Usage.NONE;
    private BigDecimal cost = BigDecimal.ZERO;
    private boolean summary;
    private @Nullable AgentException error;
    private @Nullable String agent;
    private @Nullable Json structured;
    private String provider = "";
    private String model = "";
    private @Nullable String variant;

    /** Reads the info at hand; null if there is none. */
    static @Nullable MessageInfo read(JsonReader json) {
        if (!json.enterObject()) return null;
        MessageInfoReader reader = new MessageInfoReader();
        String field;
        while ((field = json.nextField()) != null) reader.readField(field, json);
        return reader.id.isEmpty() ? null : reader.info();
    }

    private void readField(String field, JsonReader json) {
        switch (field) {
            case "id" -> id = json.textOrEmpty();
            case "sessionID" -> sessionId = json.textOrEmpty();
            case "role" -> role = json.textOrEmpty();
            case "parentID" -> parentId = json.text();
            case "time" -> readTime(json);
            case "finish" -> finish = json.text();
            case "tokens" -> usage = UsageReader.read(json);
            case "cost" -> cost = json.decimal();
            case "summary" -> summary = json.isTrue(); // A user's is an object: its diffs.
            case "error" -> error = ErrorReader.read(json);
            case "agent" -> agent = json.text();
            case "structured" -> structured = json.raw();
            case "modelID" -> model = json.textOrEmpty();
            case "providerID" -> provider = json.textOrEmpty();
            case "variant" -> variant = json.text();
            case "model" -> readModel(json);
            default -> json.skip();
        }
    }

    private void readTime(JsonReader json) {
        if (!json.enterObject()) return;
        String field;
        while ((field = json.nextField()) != null) {
            switch (field) {
                case "created" -> created = json.instant();
                case "completed" -> completed = json.instant();
                default -> json.skip();
            }
        }
    }

    private void readModel(JsonReader json) {
        if (!json.enterObject()) return;
        String field;
        while ((field = json.nextField()) != null) {
            switch (field) {
                case "modelID" -> model = json.textOrEmpty();
                case "providerID" -> provider = json.textOrEmpty();
                case "variant" -> variant = json.text();
                default -> json.skip();
            }
        }
    }

    private MessageInfo info() {
        boolean hasModel = !provider.isBlank() && !model.isBlank();
        Model used =
                hasModel ? new Model(provider, model, variant == null || variant.isBlank() ? null : variant) : null;
        return new MessageInfo(
                id,
                sessionId,
                role,
                parentId,
                created,
                completed,
                finish,
                usage,
                cost,
                summary,
                error,
                agent,
                used,
                structured);
    }
}
