package dev.opencode4j.batch;

import dev.opencode4j.core.reply.Usage;
import java.math.BigDecimal;

/**
 * How far a batch is.
 *
 * @param completed prompts of this run that were answered
 * @param failed prompts of this run that failed for good
 * @param finishedBefore prompts whose result an earlier run has written; they are not run again
 * @param badLines lines that are no prompts
 * @param reruns results that are marked as a rerun
 * @param running prompts that are with the agent
 * @param waiting prompts that have been read and wait for a place, a cool-down or their next attempt
 * @param usage the tokens of the finished prompts, all their attempts together
 * @param cost the cost of the finished prompts, all their attempts together
 */
public record BatchProgress(
        long completed,
        long failed,
        long finishedBefore,
        long badLines,
        long reruns,
        int running,
        int waiting,
        Usage usage,
        BigDecimal cost) {

    /** Nothing done yet. */
    public static final BatchProgress NONE = new BatchProgress(0, 0, 0, 0, 0, 0, 0, Usage.NONE, BigDecimal.ZERO);

    /** The prompts of this run that have their result. */
    public long finished() {
        return completed + failed;
    }

    /** The same after one more result. */
    public BatchProgress plus(BatchResult result) {
        return new BatchProgress(
                completed + (result.isCompleted() ? 1 : 0),
                failed + (result.isCompleted() ? 0 : 1),
                finishedBefore,
                badLines,
                reruns + (result.rerun() ? 1 : 0),
                running,
                waiting,
                usage.plus(result.usage()),
                cost.add(result.cost()));
    }

    /** The same after one more prompt that was finished before. */
    public BatchProgress plusFinishedBefore() {
        return new BatchProgress(
                completed, failed, finishedBefore + 1, badLines, reruns, running, waiting, usage, cost);
    }

    /** The same after one more bad line. */
    public BatchProgress plusBadLine() {
        return new BatchProgress(
                completed, failed, finishedBefore, badLines + 1, reruns, running, waiting, usage, cost);
    }

    /** The same with so many prompts at work and waiting. */
    public BatchProgress with(int nowRunning, int nowWaiting) {
        return new BatchProgress(
                completed, failed, finishedBefore, badLines, reruns, nowRunning, nowWaiting, usage, cost);
    }
}
