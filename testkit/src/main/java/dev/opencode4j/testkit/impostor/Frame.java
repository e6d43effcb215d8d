package dev.opencode4j.testkit.impostor;

import org.jspecify.annotations.Nullable;

/** The bytes of one event, made once for all its subscribers. */
final class Frame {

    private final Event event;
    private final StreamFaults faults;
    private byte @Nullable [] plain;
    private byte @Nullable [] wrapped;

    Frame(Event event, StreamFaults faults) {
        this.event = event;
        this.faults = faults;
    }

    byte[] plain() {
        if (plain == null) {
            plain = faults.frame(event.json());
        }
        return plain;
    }

    byte[] wrapped() {
        if (wrapped == null) {
            wrapped = faults.frame(event.wrapped());
        }
        return wrapped;
    }
}
