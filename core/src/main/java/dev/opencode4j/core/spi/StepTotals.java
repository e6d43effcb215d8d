package dev.opencode4j.core.spi;

import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.reply.Usage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the steps of a turn used, each counted once however often it is reported. */
final class StepTotals {

    private final Map<String, StepFinished> steps = new LinkedHashMap<>(2);

    /** Whether a step of this id has been counted. */
    boolean knows(StepFinished step) {
        return steps.containsKey(step.partId());
    }

    /** Counts a step; false if it was known just so. */
    boolean add(StepFinished step) {
        return !step.equals(steps.put(step.partId(), step));
    }

    Usage usage() {
        return steps.values().stream().map(StepFinished::usage).reduce(Usage.NONE, Usage::plus);
    }

    BigDecimal cost() {
        return steps.values().stream().map(StepFinished::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Nullable
    String lastReason() {
        String reason = null;
        for (StepFinished step : steps.values()) reason = step.reason();
        return reason;
    }
}
