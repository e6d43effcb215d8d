package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.reply.Usage;
import dev.opencode4j.server.model.MessageInfo;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads the {@code info} of a message. A user's names its model in an object, an assistant's in two fields. */
final class MessageInfoReader {

    private String id = "";
    private String sessionId = "";
    private String role = "";
    private @Nullable String parentId;
    private Span time = Span.UNKNOWN;
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
        return new MessageInfoReader().read(json, MessageInfoReader::readField);
    }

    /** Reads of the info at hand what tells a turn how its answer stands, and not what that cost; null if there is none. */
    static @Nullable MessageInfo readProgress(JsonReader json) {
        return new MessageInfoReader().read(json, MessageInfoReader::readProgress);
    }

    private interface FieldReader {
        void read(MessageInfoReader info, String field, JsonReader json);
    }

    private @Nullable MessageInfo read(JsonReader json, FieldReader fields) {
        if (!json.enterObject()) return null;
        String field;
        while ((field = json.nextField()) != null) fields.read(this, field, json);
        return id.isEmpty() ? null : info();
    }

    /** Steps tell of tokens and cost, and a message is told again and again. */
    private void readProgress(String field, JsonReader json) {
        switch (field) {
            case "tokens", "cost", "agent", "model", "modelID", "providerID", "variant" -> json.skip();
            default -> readField(field, json);
        }
    }

    private void readField(String field, JsonReader json) {
        switch (field) {
            case "id" -> id = json.textOrEmpty();
            case "sessionID" -> sessionId = json.textOrEmpty();
            case "role" -> role = json.nameOrEmpty();
            case "parentID" -> parentId = json.text();
            case "time" -> time = Span.read(json);
            case "finish" -> finish = json.name();
            case "tokens" -> usage = UsageReader.read(json);
            case "cost" -> cost = json.decimal();
            case "summary" -> summary = json.isTrue(); // A user's is an object: its diffs.
            case "error" -> error = ErrorReader.read(json);
            case "agent" -> agent = json.name();
            case "structured" -> structured = json.raw();
            case "modelID" -> model = json.nameOrEmpty();
            case "providerID" -> provider = json.nameOrEmpty();
            case "variant" -> variant = json.text();
            case "model" -> readModel(json);
        }
    }

    private void readModel(JsonReader json) {
        if (!json.enterObject()) return;
        String field;
        while ((field = json.nextField()) != null) {
            switch (field) {
                case "modelID" -> model = json.nameOrEmpty();
                case "providerID" -> provider = json.nameOrEmpty();
                case "variant" -> variant = json.text();
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
                time.start(),
                time.end(),
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
