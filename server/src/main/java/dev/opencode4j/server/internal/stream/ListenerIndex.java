package dev.opencode4j.server.internal.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who listens to what. A key that nobody listens to takes no room. Thread-safe; to find listeners takes no lock. */
final class ListenerIndex<L extends StreamListener> {

    private final ConcurrentHashMap<String, List<L>> byKey = new ConcurrentHashMap<>();

    void add(String key, L listener) {
        byKey.merge(key, List.of(listener), ListenerIndex::union);
    }

    private static <L> List<L> union(List<L> present, List<L> added) {
        if (present.containsAll(added)) return present;
        List<L> all = new ArrayList<>(present);
        all.addAll(added);
        return List.copyOf(all);
    }

    void remove(String key, L listener) {
        byKey.computeIfPresent(key, (same, present) -> {
            List<L> rest = present.stream().filter(other -> other != listener).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    /** Who listens to {@code key}; empty if nobody does, or it is null. */
    List<L> find(@Nullable String key) {
        return key == null ? List.of() : byKey.getOrDefault(key, List.of());
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }
}
