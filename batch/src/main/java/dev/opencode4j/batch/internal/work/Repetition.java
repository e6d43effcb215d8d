package dev.opencode4j.batch.internal.work;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AmbiguousSubmitException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.work.RetryPolicy;
import java.util.List;
import java.util.Set;

/** Which failed attempts may be followed by another. */
final class Repetition {

    /** Another attempt would fail in the same way. */
    private static final Set<Class<? extends AgentException>> LASTING = Set.of(
            AuthenticationException.class,
            BadRequestException.class,
            BillingException.class,
            OutputLimitException.class,
            UnsupportedFeatureException.class);

    private Repetition() {}

    static boolean isLasting(AgentException error) {
        return LASTING.contains(error.getClass());
    }

    /** Whether the turn may still be under way, or be over without our having heard. */
    static boolean isLostContact(AgentException error) {
        return error instanceof ConnectionException || error instanceof AmbiguousSubmitException;
    }

    /**
     * Whether the prompt may be sent anew.
     *
     * @param runsTools whether the agent may have had effects that nobody told of
     */
    static boolean isAllowed(AgentException error, boolean runsTools, RetryPolicy policy) {
        if (policy.reruns()) return !isLasting(error) && !(error instanceof InterruptedTurnException);
        if (!error.isRetryable()) return false;
        return !runsTools || (!isLostContact(error) && toolsUsed(error).isEmpty());
    }

    /** The tools that a turn had used before it failed. */
    static List<String> toolsUsed(AgentException error) {
        return error.partial().map(result -> result.reply().tools()).orElse(List.of()).stream()
                .map(ToolPart::tool)
                .distinct()
                .toList();
    }
}
