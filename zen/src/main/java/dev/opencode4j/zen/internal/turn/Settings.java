package dev.opencode4j.zen.internal.turn;

import dev.opencode4j.core.work.RetryPolicy;
import dev.opencode4j.zen.internal.wire.Completion;
import org.jspecify.annotations.Nullable;

/**
 * What an agent asks for unless a prompt says otherwise.
 *
 * @param model the model's name
 * @param system what the model is told to be, or null
 * @param sampling how the model chooses its words
 * @param retry how often something is asked again
 * @param tools what the model may call
 */
public record Settings(
        String model, @Nullable String system, Completion.Sampling sampling, RetryPolicy retry, Toolbox tools) {}
