package dev.opencode4j.core.part;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tool call and what has become of it.
 *
 * @param id the part's id
 * @param messageId the assistant message that made the call
 * @param index the position in the reply
 * @param callId the model's id for the call; empty when unknown
 * @param tool the tool's name; for a tool that does not exist, the name that the model called
 * @param status how far the call has come
 * @param title a short title for people, or null
 * @param input the arguments; {@link Json#EMPTY} until they are complete
 * @param metadata what the tool says beside its output, such as a diff or a child session's id
 * @param output the output, or null while there is none
 * @param error why the call failed, or null
 * @param requestId the id of the question that this call waits for or waited for, or null
 * @param startedAt when the tool began, by the server's clock, or null
 * @param finishedAt when it ended, by the server's clock, or null
 */
public record ToolPart(
        String id,
        String messageId,
        int index,
        String callId,
        String tool,
        ToolStatus status,
        @Nullable String title,
        Json input,
        Json metadata,
        @Nullable String output,
        @Nullable String error,
        @Nullable String requestId,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt)
        implements Part {

    /** The name that OpenCode gives a call to a tool that does not exist. */
    private static final String INVALID = "invalid";

    /** Puts the name that the model called in the place of {@code invalid}, as soon as the input tells it. */
    public ToolPart {
        if (tool.equals(INVALID) && !input.isEmpty()) {
            String called = input.node().path("tool").asString("");
            if (!called.isBlank()) tool = called;
        }
    }

    /** A builder for a part of this id, pending, with nothing else known. */
    public static ToolPartBuilder builder(String id) {
        return new ToolPartBuilder(id);
    }

    /** A builder that starts from this part. */
    public ToolPartBuilder toBuilder() {
        return new ToolPartBuilder(this);
    }

    /** Whether the tool is {@code name}. */
    public boolean is(String name) {
        return tool.equals(name);
    }

    @Override
    public ToolPart at(int position) {
        return toBuilder().index(position).build();
    }

    /**
     * This call after a later report of it. Reports are partial, repeat themselves and may come late: what one leaves
     * out is kept, a call that has begun is never pending again, and one that is over stays as it ended.
     */
    public ToolPart mergedWith(ToolPart later) {
        if (status.isTerminal() && !later.status.equals(status)) {
            return this;
        }
        ToolPartBuilder merged = toBuilder();
        if (!later.status.equals(ToolStatus.PENDING)) merged.status(later.status);
        if (!later.messageId.isEmpty()) merged.messageId(later.messageId);
        if (!later.callId.isEmpty()) merged.callId(later.callId);
        if (!later.tool.isEmpty() && !later.is(INVALID)) merged.tool(later.tool);
        if (isPresent(later.title)) merged.title(later.title);
        if (!later.input.isEmpty()) merged.input(later.input);
        if (!later.metadata.isEmpty()) merged.metadata(later.metadata);
        if (isPresent(later.output) || output == null) merged.output(later.output);
        if (isPresent(later.error)) merged.error(later.error);
        if (later.requestId != null) merged.requestId(later.requestId);
        if (later.startedAt != null) merged.startedAt(later.startedAt);
        if (later.finishedAt != null) merged.finishedAt(later.finishedAt);
        return merged.build();
    }

    private static boolean isPresent(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
