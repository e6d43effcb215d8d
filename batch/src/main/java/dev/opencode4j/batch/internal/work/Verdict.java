package dev.opencode4j.batch.internal.work;

import dev.opencode4j.batch.BatchResult;
import dev.opencode4j.core.error.AgentException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to become of a prompt after an attempt. */
sealed interface Verdict {

    /**
     * It has its result.
     *
     * @param notBefore until when its provider wants no other, or null
     */
    record Finished(BatchResult result, @Nullable Instant notBefore) implements Verdict {}

    /** It is tried again after a pause of its own. */
    record Again(AgentException error, Duration pause) implements Verdict {}

    /** It is tried again when its provider has cooled down. */
    record Refused(AgentException error, Instant notBefore) implements Verdict {}

    /** It is left for a run that resumes this one. */
    record Left() implements Verdict {}

    /** The batch can't go on. */
    record Broken(Throwable cause) implements Verdict {}
}
