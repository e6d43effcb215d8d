package dev.opencode4j.zen.internal.http;

import dev.opencode4j.core.error.AgentException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of a request, when it did not fail in the middle of its answer. */
public sealed interface Outcome {

    /** An answer, which has been told. */
    record Answered() implements Outcome {}

    /**
     * No answer, and no byte of one.
     *
     * @param error why
     * @param again whether the same request may be sent again
     * @param notBefore when the other side said to come back, or null
     */
    record Refused(
            AgentException error, boolean again, @Nullable Instant notBefore) implements Outcome {}
}
