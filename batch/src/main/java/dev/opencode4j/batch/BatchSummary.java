package dev.opencode4j.batch;

/**
 * How a batch ended.
 *
 * @param progress what was done
 * @param ending why there was no more
 */
public record BatchSummary(BatchProgress progress, Ending ending) {

    /** Why a batch ended. */
    public enum Ending {
        /** Every prompt of the input has its result. */
        COMPLETE,
        /** A bad line was to stop it. Every prompt before that line has its result. */
        BAD_LINE,
        /** It was interrupted; resuming goes on with the rest. */
        INTERRUPTED
    }

    /** Whether every line of the input is a prompt that was answered, now or before. */
    public boolean isFlawless() {
        return ending == Ending.COMPLETE && progress.failed() == 0 && progress.badLines() == 0;
    }
}
