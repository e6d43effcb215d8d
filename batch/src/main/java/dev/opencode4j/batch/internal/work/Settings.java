package dev.opencode4j.batch.internal.work;

import dev.opencode4j.batch.BatchListener;
import dev.opencode4j.batch.OnBadLine;
import dev.opencode4j.batch.ProviderLimits;
import dev.opencode4j.core.work.Ticker;

/**
 * How a batch goes about its prompts.
 *
 * @param parallel how many may be with the agent at once
 * @param limits how many of them with one provider
 * @param onBadLine what to do about lines that are no prompts
 * @param listener is told
 * @param ticker the time
 */
public record Settings(
        int parallel, ProviderLimits limits, OnBadLine onBadLine, BatchListener listener, Ticker ticker) {

    /** How many prompts are in memory at most: enough to find one whose provider is free. */
    int held() {
        return 100 + 10 * parallel;
    }
}
