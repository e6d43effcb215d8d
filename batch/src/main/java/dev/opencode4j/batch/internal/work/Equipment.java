package dev.opencode4j.batch.internal.work;

import dev.opencode4j.batch.internal.file.Memory;
import dev.opencode4j.core.Agent;
import dev.opencode4j.core.Capabilities;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.work.RetryPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What attempts need.
 *
 * @param agent runs the prompts
 * @param options of each session
 * @param retry how often a failed attempt is followed by another
 * @param memory what was begun and what is finished
 * @param clock the time of day
 */
public record Equipment(Agent agent, SessionOptions options, RetryPolicy retry, Memory memory, InstantSource clock) {

    private static final Duration FOREVER = Duration.ofDays(36_500);

    Capabilities capabilities() {
        return agent.capabilities();
    }

    /** A title of our own, for an agent may ask a model for one. */
    SessionOptions optionsFor(Item item) {
        return options.title() != null
                ? options
                : options.toBuilder().title(item.id()).build();
    }

    /** The pause before the next attempt; empty if there is to be none. */
    Optional<Duration> pauseAfter(int failures) {
        return retry.pauseAfter(failures, null, FOREVER, ThreadLocalRandom.current());
    }
}
