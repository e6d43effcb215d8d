package dev.opencode4j.zen.internal.wire;

import dev.opencode4j.core.reply.Usage;
import java.math.BigDecimal;

/** Takes what the chunks of an answer say, in their order. Must not block. */
public interface ChunkSink {

    /** Something is about to be told, and {@link #settled} follows: nobody need be woken before. */
    void gathering();

    /** That was all for now. */
    void settled();

    /** More of the answer; never empty. */
    void text(String more);

    /** More of what the model thinks; never empty. */
    void reasoning(String more);

    /** A piece of a call. */
    void toolCall(ToolFragment piece);

    /** Why the model stopped. */
    void finished(String reason);

    /** What the answer used, in tokens. */
    void used(Usage usage);

    /** What the answer cost, where the other side says so. */
    void cost(BigDecimal cost);

    /** The other side failed in the middle of the answer. */
    void failed(Complaint complaint);
}
