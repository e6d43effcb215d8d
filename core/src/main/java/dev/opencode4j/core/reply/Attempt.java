package dev.opencode4j.core.reply;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a prompt.
 *
 * @param startedAt when the prompt was sent
 * @param duration how long the run took
 * @param usage the tokens it used
 * @param cost what it cost
 * @param error why it failed, in one line, or null if it did not
 */
public record Attempt(
        Instant startedAt,
        Duration duration,
        Usage usage,
        BigDecimal cost,
        @Nullable String error) {}
