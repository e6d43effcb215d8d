package dev.opencode4j.batch.internal.schedule;

import dev.opencode4j.batch.ProviderLimits;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * Says who goes next. Providers take turns; within one the oldest goes first, and who goes again before those who have not
 * been. Who waits, for a pause or a cool-down, is here and in nobody's way. Times are in nanoseconds of one clock. For one
 * thread.
 *
 * @param <T> what goes
 */
public final class Schedule<T> {

    private record Pausing<T>(long until, String provider, T item) {}

    private final ProviderLimits limits;
    private final Map<String, Lane<T>> lanes = new HashMap<>();
    private final Deque<Lane<T>> turns = new ArrayDeque<>();
    private final PriorityQueue<Pausing<T>> pausing;
    private int waiting;

    /** A schedule without anybody, {@code start} being a moment before all others. */
    public Schedule(ProviderLimits limits, long start) {
        this.limits = limits;
        this.pausing = new PriorityQueue<>(Comparator.comparingLong(pause -> pause.until() - start));
    }

    /** Whether a provider's items could ever go. */
    public boolean isSatisfiable(String provider) {
        return limits.of(provider) > 0;
    }

    /** How many wait, for whatever. */
    public int waiting() {
        return waiting;
    }

    /** Puts an item at the end of its provider's. */
    public void add(String provider, T item) {
        lane(provider).waiting().addLast(item);
        waiting++;
    }

    /** Puts an item that has been before the others of its provider. */
    public void again(String provider, T item) {
        lane(provider).waiting().addFirst(item);
        waiting++;
    }

    /** Puts an item back in front once {@code until} has come. */
    public void againAt(long until, String provider, T item) {
        pausing.add(new Pausing<>(until, provider, item));
        waiting++;
    }

    /** Takes the item that goes now, if one may. Its place is free again when it {@link #left}. */
    public Optional<T> next(long now) {
        wake(now);
        for (int i = turns.size(); i > 0; i--) {
            Lane<T> lane = turns.removeFirst();
            turns.addLast(lane);
            if (!lane.mayStart(now)) continue;
            waiting--;
            return Optional.of(lane.start());
        }
        return Optional.empty();
    }

    private void wake(long now) {
        Pausing<T> first;
        while ((first = pausing.peek()) != null && now - first.until() >= 0) {
            pausing.remove();
            lane(first.provider()).waiting().addFirst(first.item());
        }
    }

    /** An item has left the agent. */
    public void left(String provider) {
        lane(provider).left();
    }

    /** A provider has served an item. */
    public void succeeded(String provider) {
        lane(provider).succeeded();
    }

    /** A provider wants nobody before {@code until}; returns whether that is news. */
    public boolean refused(String provider, long until) {
        return lane(provider).refused(until);
    }

    /** When to ask again although nothing has happened; empty if that is of no use. */
    public OptionalLong nextWake(long now) {
        long soonest = Long.MAX_VALUE;
        Pausing<T> first = pausing.peek();
        if (first != null) soonest = first.until() - now;
        for (Lane<T> lane : turns) {
            if (lane.waitsForTime()) soonest = Math.min(soonest, lane.coolUntil() - now);
        }
        return soonest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(Math.max(0, soonest));
    }

    private Lane<T> lane(String provider) {
        return lanes.computeIfAbsent(provider, name -> {
            Lane<T> lane = new Lane<>(limits.of(name));
            turns.addLast(lane);
            return lane;
        });
    }
}
