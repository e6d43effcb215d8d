package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The {@code state} of a tool part: everything about a call that changes. */
final class ToolState {

    private ToolStatus status = ToolStatus.PENDING;
    private String callId = "";
    private String messageId = "";
    private @Nullable String title;
    private Json input = Json.EMPTY;
    private Json metadata = Json.EMPTY;
    private @Nullable String output;
    private @Nullable String error;
    private Span time = Span.UNKNOWN;

    static ToolState read(JsonReader json) {
        ToolState state = new ToolState();
        if (json.enterObject()) {
            String field;
            while ((field = json.nextField()) != null) state.readField(field, json);
        }
        return state;
    }

    private void readField(String field, JsonReader json) {
        switch (field) {
            case "status" -> status = statusOf(json.nameOrEmpty());
            case "callID" -> callId = json.textOrEmpty(); // Here before 1.15, on the part since.
            case "messageID" -> messageId = json.textOrEmpty();
            case "title" -> title = json.text();
            case "input" -> input = json.rawObject();
            case "metadata" -> metadata = json.rawObject();
            case "output" -> output = json.text();
            case "error" -> error = json.text();
            case "time" -> time = Span.read(json);
        }
    }

    private static ToolStatus statusOf(String name) {
        return switch (name) {
            case "", "pending" -> ToolStatus.PENDING;
            case "running" -> ToolStatus.RUNNING;
            case "completed" -> ToolStatus.COMPLETED;
            case "error" -> ToolStatus.ERROR;
            default -> new ToolStatus(name.toLowerCase(Locale.ROOT));
        };
    }

    ToolPart toPart(String id, String ofMessage, String ofCall, String tool) {
        return ToolPart.builder(id)
                .messageId(ofMessage.isEmpty() ? messageId : ofMessage)
                .callId(ofCall.isEmpty() ? callId : ofCall)
                .tool(tool)
                .status(status)
                .title(title)
                .input(input)
                .metadata(metadata)
                .output(output)
                .error(error)
                .startedAt(time.start())
                .finishedAt(time.end())
                .build();
    }
}
