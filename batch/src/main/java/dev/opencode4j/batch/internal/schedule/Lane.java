package dev.opencode4j.batch.internal.schedule;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The prompts of one provider: at most so many at once, and none while it cools down. A refusal halves how many may go at
 * once, or leaves only as many as were not refused; each success lets one more go, so that a crowd does not run into the
 * same wall again.
 */
final class Lane<T> {

    private final int limit;
    private final Deque<T> waiting = new ArrayDeque<>();
    private int allowed;
    private int running;
    private boolean cooling;
    private long coolUntil;

    Lane(int limit) {
        this.limit = limit;
        this.allowed = limit;
    }

    Deque<T> waiting() {
        return waiting;
    }

    boolean mayStart(long now) {
        if (cooling && now - coolUntil >= 0) cooling = false;
        return !cooling && running < allowed && !waiting.isEmpty();
    }

    T start() {
        running++;
        return waiting.removeFirst();
    }

    void left() {
        running--;
    }

    void succeeded() {
        if (allowed < limit) allowed++;
    }

    /** Returns whether this makes the cool-down longer. */
    boolean refused(long until) {
        allowed = Math.max(1, cooling ? Math.min(allowed, running) : running / 2);
        if (cooling && until - coolUntil <= 0) return false;
        cooling = true;
        coolUntil = until;
        return true;
    }

    boolean waitsForTime() {
        return cooling && !waiting.isEmpty();
    }

    long coolUntil() {
        return coolUntil;
    }
}
