package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.ReasoningDelta;
import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.part.FilePart;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.UnknownPart;
import dev.opencode4j.core.reply.Usage;
import dev.opencode4j.server.internal.wire.Signal;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one part of a message, in whatever order its fields come, into the event that tells of it. */
final class PartReader {

    /** Types that are records or mere marks here; any other is kept whole. */
    private static final Set<String> KNOWN =
            Set.of("text", "reasoning", "tool", "file", "step-start", "step-finish", "snapshot", "retry");

    private String id = "";
    private String messageId = "";
    private String type = "";
    private String text = "";
    private String tool = "";
    private String callId = "";
    private String reason = "";
    private String mime = "";
    private @Nullable String filename;
    private String url = "";
    private Usage usage = Usage.NONE;
    private BigDecimal cost = BigDecimal.ZERO;
    private boolean ended;
    private boolean synthetic;
    private ToolState state = new ToolState();
    private Json raw = Json.EMPTY;

    /** Reads the part at hand; false if there is none. */
    boolean read(JsonReader json) {
        int start = json.mark();
        if (!json.enterObject()) return false;
        String field;
        while ((field = json.nextField()) != null) readField(field, json);
        if (!KNOWN.contains(type)) raw = json.since(start);
        return !id.isEmpty();
    }

    /** A piece of a part of which only the delta is known. */
    static AgentEvent delta(String id, String field, String text) {
        return field.equals("reasoning")
                ? new ReasoningDelta(id, Part.UNPLACED, text)
                : new TextDelta(id, Part.UNPLACED, text);
    }

    /** What the part tells the turn of {@code session}; null if nothing. */
    @Nullable
    Signal signal(String session) {
        if (id.isEmpty()) return null;
        if (continues()) return new Signal.Continuation(session, messageId);
        AgentEvent event = event();
        return event == null ? null : new Signal.Told(session, messageId, event);
    }

    /** Seen when a history is compacted: a message with such a part, then one with a text of the server's own. */
    boolean continues() {
        return type.equals("compaction") || (type.equals("text") && synthetic);
    }

    private void readField(String field, JsonReader json) {
        switch (field) {
            case "id" -> id = json.textOrEmpty();
            case "messageID" -> messageId = json.textOrEmpty();
            case "type" -> type = json.nameOrEmpty();
            case "text" -> text = json.textOrEmpty();
            case "tool" -> tool = json.nameOrEmpty();
            case "callID" -> callId = json.textOrEmpty();
            case "reason" -> reason = json.nameOrEmpty();
            case "mime" -> mime = json.textOrEmpty();
            case "filename" -> filename = json.text();
            case "url" -> url = json.textOrEmpty();
            case "tokens" -> usage = UsageReader.read(json);
            case "cost" -> cost = json.decimal();
            case "time" -> ended = Span.read(json).end() != null;
            case "synthetic" -> synthetic = json.isTrue();
            case "state" -> state = ToolState.read(json);
        }
    }

    /** What the part tells while its message is written; null if nothing: the mark of a step's start, say. */
    @Nullable
    AgentEvent event() {
        return isText() && !ended ? new PartAdded(textPart()) : storedEvent();
    }

    /** What the part tells once its message is over: then no text has more to come, end mark or not. */
    @Nullable
    AgentEvent storedEvent() {
        return switch (type) {
            case "text", "reasoning" -> new PartFinished(textPart());
            case "tool" -> new ToolProgressed(state.toPart(id, messageId, callId, tool));
            case "step-finish" -> new StepFinished(id, usage, cost, reason);
            case "step-start", "snapshot", "retry" -> null;
            case "file" -> new PartFinished(filePart());
            default -> new PartFinished(new UnknownPart(id, messageId, Part.UNPLACED, type, raw));
        };
    }

    private boolean isText() {
        return type.equals("text") || type.equals("reasoning");
    }

    private Part textPart() {
        return type.equals("text")
                ? new TextPart(id, messageId, Part.UNPLACED, text)
                : new ReasoningPart(id, messageId, Part.UNPLACED, text);
    }

    private Part filePart() {
        try {
            return new FilePart(id, messageId, Part.UNPLACED, mime, filename, new URI(url));
        } catch (URISyntaxException e) {
            return new UnknownPart(id, messageId, Part.UNPLACED, type, Json.of(url));
        }
    }
}
