package dev.opencode4j.batch;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.reply.Attempt;
import dev.opencode4j.core.reply.Usage;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one prompt: the only line of its id in the results file.
 *
 * @param id the prompt's id
 * @param text the answer; of a failed prompt, what had been received
 * @param structured the value that was asked for with a schema, or null
 * @param attempts every run of the prompt, those before a crash too
 * @param sessionId the session of the last run, or null if there was none
 * @param rerun whether an earlier run was lost or interrupted after its prompt may have been sent, so that the agent may
 *     have seen it twice
 * @param error why it failed, or null if it completed
 */
public record BatchResult(
        String id,
        String text,
        @Nullable Json structured,
        List<Attempt> attempts,
        @Nullable String sessionId,
        boolean rerun,
        @Nullable BatchFailure error) {

    /** Keeps a copy of the list. */
    public BatchResult {
        attempts = List.copyOf(attempts);
    }

    /** Whether the agent answered to the end. */
    public boolean isCompleted() {
        return error == null;
    }

    /** The tokens of all attempts together. */
    public Usage usage() {
        return attempts.stream().map(Attempt::usage).reduce(Usage.NONE, Usage::plus);
    }

    /** The cost of all attempts together. */
    public BigDecimal cost() {
        return attempts.stream().map(Attempt::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
