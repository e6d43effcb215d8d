package dev.opencode4j.batch.internal.input;

import dev.opencode4j.batch.BadLine;
import dev.opencode4j.batch.BatchPrompt;

/** A line of the input. */
public sealed interface Line {

    /** A prompt. */
    record Good(BatchPrompt prompt) implements Line {}

    /** No prompt. */
    record Bad(BadLine line) implements Line {}

    /** Nothing. */
    record Blank() implements Line {}
}
