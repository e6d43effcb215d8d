package dev.opencode4j.batch;

/** What a batch does about a line that is no prompt. It is told to the listener in any case. */
public enum OnBadLine {
    /** Goes on with the next line. */
    SKIP,
    /** Reads no further: what stands before the line is run, nothing that follows it. */
    STOP
}
