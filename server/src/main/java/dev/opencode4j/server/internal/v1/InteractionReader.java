package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.QuestionAnswered;
import dev.opencode4j.core.event.QuestionRejected;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.Question;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.part.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what an agent asks its user, and what it was answered. */
public final class InteractionReader {

    private InteractionReader() {}

    /** Reads the list of pending permission requests; anything but a list is empty. Throws Jackson's exceptions. */
    public static List<PermissionRequest> permissions(byte[] body) {
        return list(body, json -> request(json).permissionRequest());
    }

    /** Reads the list of pending questions; anything but a list is empty. Throws Jackson's exceptions. */
    public static List<QuestionRequest> questions(byte[] body) {
        return list(body, json -> request(json).questionRequest());
    }

    static @Nullable PermissionRequest permission(JsonReader json) {
        return request(json).permissionRequest();
    }

    static @Nullable QuestionRequest question(JsonReader json) {
        return request(json).questionRequest();
    }

    static @Nullable AgentEvent permissionReplied(JsonReader json) {
        Fields fields = request(json);
        if (fields.requestId.isEmpty()) return null;
        return new PermissionReplied(fields.requestId, new PermissionReply(fields.reply, null), Duration.ZERO);
    }

    static @Nullable AgentEvent questionReplied(JsonReader json) {
        Fields fields = request(json);
        if (fields.requestId.isEmpty()) return null;
        return new QuestionAnswered(fields.requestId, new QuestionReply(fields.answers), Duration.ZERO);
    }

    static @Nullable AgentEvent questionRejected(JsonReader json) {
        Fields fields = request(json);
        return fields.requestId.isEmpty() ? null : new QuestionRejected(fields.requestId, Duration.ZERO);
    }

    private static <T> List<T> list(byte[] body, Function<JsonReader, @Nullable T> element) {
        List<T> requests = new ArrayList<>();
        JsonReader json = JsonReader.of(body, 0, body.length);
        if (json.enterArray()) {
            while (json.nextElement()) {
                T request = element.apply(json);
                if (request != null) requests.add(request);
            }
        }
        return requests;
    }

    private static Fields request(JsonReader json) {
        Fields fields = new Fields();
        if (json.enterObject()) {
            String field;
            while ((field = json.nextField()) != null) fields.read(field, json);
        }
        return fields;
    }

    private static List<String> texts(JsonReader json) {
        List<String> texts = new ArrayList<>();
        if (json.enterArray()) {
            while (json.nextElement()) {
                String text = json.text();
                if (text != null) texts.add(text);
            }
        }
        return texts;
    }

    /** Every field that any of these events has. */
    private static final class Fields {

        private String id = "";
        private String requestId = "";
        private String sessionId = "";
        private String permission = "";
        private List<String> patterns = List.of();
        private List<String> always = List.of();
        private Json metadata = Json.EMPTY;
        private QuestionReader.ToolCall tool = QuestionReader.ToolCall.NONE;
        private List<Question> questions = List.of();
        private String reply = "";
        private final List<List<String>> answers = new ArrayList<>();

        void read(String field, JsonReader json) {
            switch (field) {
                case "id" -> id = json.textOrEmpty();
                case "requestID" -> requestId = json.textOrEmpty();
                case "sessionID" -> sessionId = json.textOrEmpty();
                case "permission" -> permission = json.textOrEmpty();
                case "patterns" -> patterns = texts(json);
                case "always" -> always = texts(json);
                case "metadata" -> metadata = json.rawObject();
                case "tool" -> tool = QuestionReader.toolCall(json);
                case "questions" -> questions = QuestionReader.list(json);
                case "reply" -> reply = json.textOrEmpty();
                case "answers" -> readAnswers(json);
            }
        }

        private void readAnswers(JsonReader json) {
            if (!json.enterArray()) return;
            while (json.nextElement()) answers.add(texts(json));
        }

        @Nullable
        PermissionRequest permissionRequest() {
            return id.isEmpty()
                    ? null
                    : PermissionDetails.told(new PermissionRequest(
                            id, sessionId, permission, patterns, always, metadata, tool.messageId(), tool.callId()));
        }

        @Nullable
        QuestionRequest questionRequest() {
            return id.isEmpty() ? null : new QuestionRequest(id, sessionId, questions, tool.messageId(), tool.callId());
        }
    }
}
