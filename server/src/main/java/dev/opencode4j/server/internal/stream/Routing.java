package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.error.AgentException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who watches which session, and how the connection stands. Thread-safe. */
final class Routing {

    private final ConcurrentHashMap<String, List<Subscriber>> bySession = new ConcurrentHashMap<>();
    private volatile long connection;
    private volatile boolean ready;

    void add(String sessionId, Subscriber subscriber) {
        bySession.merge(sessionId, List.of(subscriber), Routing::both);
    }

    private static List<Subscriber> both(List<Subscriber> present, List<Subscriber> added) {
        if (present.containsAll(added)) return present;
        List<Subscriber> all = new ArrayList<>(present);
        all.addAll(added);
        return List.copyOf(all);
    }

    void remove(String sessionId, Subscriber subscriber) {
        bySession.computeIfPresent(sessionId, (id, present) -> {
            List<Subscriber> rest =
                    present.stream().filter(other -> other != subscriber).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    boolean isEmpty() {
        return bySession.isEmpty();
    }

    /** Who watches the session; null if nobody does. */
    @Nullable
    List<Subscriber> watchersOf(@Nullable String sessionId) {
        return sessionId == null ? null : bySession.get(sessionId);
    }

    /** The number of the connection that is now tried. */
    long connecting() {
        long next = connection + 1; // Only the reader counts.
        connection = next;
        return next;
    }

    void connected() {
        ready = true;
        long now = connection;
        tellAll(subscriber -> subscriber.ready(now));
    }

    /** Tells a newcomer. It may hear of a connection twice, or too late: the number shows it. */
    void tellIfReady(Subscriber subscriber) {
        long now = connection;
        if (ready) subscriber.ready(now);
    }

    void refused(AgentException cause) {
        tellAll(subscriber -> subscriber.refused(cause));
    }

    void damaged() {
        tellAll(Subscriber::damaged);
    }

    void closed(Supplier<? extends AgentException> cause) {
        tellAll(subscriber -> subscriber.closed(cause.get()));
    }

    /** Tells of a gap; false if there was none, because the connection never was ready. */
    boolean disconnected(long number, AgentException cause) {
        boolean was = ready;
        ready = false;
        if (was) tellAll(subscriber -> subscriber.gap(number, cause));
        return was;
    }

    private void tellAll(Consumer<Subscriber> message) {
        Set<Subscriber> all = new LinkedHashSet<>();
        bySession.values().forEach(all::addAll);
        all.forEach(message);
    }
}
