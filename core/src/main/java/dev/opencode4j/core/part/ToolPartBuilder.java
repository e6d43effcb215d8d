package dev.opencode4j.core.part;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builds a {@link ToolPart}. Not for use by several threads. */
public final class ToolPartBuilder {

    private final String id;
    private String messageId = "";
    private int index = Part.UNPLACED;
    private String callId = "";
    private String tool = "";
    private ToolStatus status = ToolStatus.PENDING;
    private @Nullable String title;
    private Json input = Json.EMPTY;
    private Json metadata = Json.EMPTY;
    private @Nullable String output;
    private @Nullable String error;
    private @Nullable String requestId;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;

    ToolPartBuilder(String id) {
        this.id = id;
    }

    ToolPartBuilder(ToolPart part) {
        id = part.id();
        messageId = part.messageId();
        index = part.index();
        callId = part.callId();
        tool = part.tool();
        status = part.status();
        title = part.title();
        input = part.input();
        metadata = part.metadata();
        output = part.output();
        error = part.error();
        requestId = part.requestId();
        startedAt = part.startedAt();
        finishedAt = part.finishedAt();
    }

    /** The assistant message that made the call. */
    public ToolPartBuilder messageId(String value) {
        messageId = value;
        return this;
    }

    /** The position in the reply. */
    public ToolPartBuilder index(int value) {
        index = value;
        return this;
    }

    /** The model's id for the call. */
    public ToolPartBuilder callId(String value) {
        callId = value;
        return this;
    }

    /** The tool's name. */
    public ToolPartBuilder tool(String value) {
        tool = value;
        return this;
    }

    /** How far the call has come. */
    public ToolPartBuilder status(ToolStatus value) {
        status = value;
        return this;
    }

    /** A short title for people. */
    public ToolPartBuilder title(@Nullable String value) {
        title = value;
        return this;
    }

    /** The arguments. */
    public ToolPartBuilder input(Json value) {
        input = value;
        return this;
    }

    /** What the tool says beside its output. */
    public ToolPartBuilder metadata(Json value) {
        metadata = value;
        return this;
    }

    /** The output. */
    public ToolPartBuilder output(@Nullable String value) {
        output = value;
        return this;
    }

    /** Why the call failed. */
    public ToolPartBuilder error(@Nullable String value) {
        error = value;
        return this;
    }

    /** The question that this call waits for. */
    public ToolPartBuilder requestId(@Nullable String value) {
        requestId = value;
        return this;
    }

    /** When the tool began. */
    public ToolPartBuilder startedAt(@Nullable Instant value) {
        startedAt = value;
        return this;
    }

    /** When the tool ended. */
    public ToolPartBuilder finishedAt(@Nullable Instant value) {
        finishedAt = value;
        return this;
    }

    /** The part. */
    public ToolPart build() {
        return new ToolPart(
                id,
                messageId,
                index,
                callId,
                tool,
                status,
                title,
                input,
                metadata,
                output,
                error,
                requestId,
                startedAt,
                finishedAt);
    }
}
