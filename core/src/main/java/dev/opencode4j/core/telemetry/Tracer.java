package dev.opencode4j.core.telemetry;

import java.util.Map;

/** Names what happens: puts a program's own prefix before the names of trace events. */
@FunctionalInterface
public interface Tracer {

    /** Records that {@code name} happened. */
    void trace(String name, Map<String, Object> payload);

    /**
     * A tracer that records {@code prefix.name} with {@code emitter}.
     *
     * @throws IllegalArgumentException if {@code prefix} is blank or ends in a dot: the dot is added here
     */
    static Tracer prefixed(String prefix, Tracer emitter) {
        if (prefix.isBlank() || prefix.endsWith(".")) {
            throw new IllegalArgumentException("prefix: must be a name without a dot at its end; was '" + prefix + "'");
        }
        return (name, payload) -> emitter.trace(prefix + '.' + name, payload);
    }
}
