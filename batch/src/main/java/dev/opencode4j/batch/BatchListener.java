package dev.opencode4j.batch;

import dev.opencode4j.core.error.AgentException;
import java.time.Duration;
import java.time.Instant;

/**
 * Hears what a batch does. All methods are called on one thread of the batch's, one after the other; while one runs,
 * nothing is started, so they must be quick. What one throws ends the batch.
 */
public interface BatchListener {

    /** A listener that does not listen. */
    BatchListener NONE = new BatchListener() {};

    /** A prompt has its result, which is in the file already. */
    default void finished(BatchResult result, BatchProgress progress) {}

    /** A prompt was finished by an earlier run. */
    default void finishedBefore(String id, BatchProgress progress) {}

    /** A line is no prompt. */
    default void badLine(BadLine line, BatchProgress progress) {}

    /** An attempt failed, and the prompt is tried again after a pause, or with the cool-down that is over. */
    default void tryingAgain(String id, AgentException error, Duration pause) {}

    /** No prompt of a provider is started before {@code until}. */
    default void coolingDown(String provider, Instant until) {}
}
