package dev.opencode4j.server.internal.turn;

import java.time.Duration;

/** A pause between tries, twice as long each time, up to a longest. For one thread at a time. */
final class GrowingPause {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    GrowingPause(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** How long to wait this time. */
    Duration next() {
        Duration pause = next;
        Duration twice = pause.multipliedBy(2);
        next = twice.compareTo(longest) < 0 ? twice : longest;
        return pause;
    }

    /** Begins with the first pause again. */
    void reset() {
        next = first;
    }
}
