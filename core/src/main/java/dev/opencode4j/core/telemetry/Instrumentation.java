package dev.opencode4j.core.telemetry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches what a client does: told when something begins and how it ended. It can't change, delay or prevent it, and
 * what it throws is dropped. Called on the thread that does the work, so it must be quick; safe for several threads.
 *
 * <p>Events: {@code opencode.request} with {@code method} and {@code path} (never the query, which may hold tokens and
 * private directories) around every request; fields may be added.
 */
@FunctionalInterface
public interface Instrumentation {

    /** Something begins; the answer is told how it ended. */
    Observation started(String name, Map<String, Object> payload);

    /** Something happened that has no duration. */
    default void notify(String name, Map<String, Object> payload) {
        started(name, payload).ended(null);
    }

    /** Watches nothing. */
    static Instrumentation none() {
        return (name, payload) -> error -> {};
    }

    /** This one, with everything that it throws dropped. */
    default Instrumentation isolated() {
        return this instanceof IsolatedInstrumentation ? this : new IsolatedInstrumentation(this);
    }

    /** One thing under observation. */
    @FunctionalInterface
    interface Observation {

        /** It ended, with {@code error} or well. */
        void ended(@Nullable Throwable error);
    }
}
