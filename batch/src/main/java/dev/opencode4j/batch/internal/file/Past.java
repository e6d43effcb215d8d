package dev.opencode4j.batch.internal.file;

import dev.opencode4j.core.reply.Attempt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a prompt that has no result yet.
 *
 * @param attempts the attempts that ended, in order
 * @param inFlight the one that has not been seen to end, or null
 * @param interruption how the last one was interrupted with its whole run, or null if it was not
 */
public record Past(
        List<Attempt> attempts,
        @Nullable InFlight inFlight,
        @Nullable Interruption interruption) {

    /** Nothing. */
    public static final Past NONE = new Past(List.of(), null, null);

    /**
     * An attempt whose prompt may have been sent.
     *
     * @param sessionId its session
     * @param startedAt when it began
     */
    public record InFlight(String sessionId, Instant startedAt) {}

    /**
     * An attempt that was interrupted.
     *
     * @param tools the tools that it had used
     */
    public record Interruption(List<String> tools) {

        /** Keeps a copy of the list. */
        public Interruption {
            tools = List.copyOf(tools);
        }
    }

    /** Keeps a copy of the list. */
    public Past {
        attempts = List.copyOf(attempts);
    }
}
