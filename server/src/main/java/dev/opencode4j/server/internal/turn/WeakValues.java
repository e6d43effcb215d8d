package dev.opencode4j.server.internal.turn;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values that are shared by all who use them at the same time, and forgotten when nobody does. Thread-safe. */
final class WeakValues<K, V> {

    private final ConcurrentHashMap<K, Entry<K, V>> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<V> unused = new ReferenceQueue<>();
    private final Function<K, V> factory;

    WeakValues(Function<K, V> factory) {
        this.factory = factory;
    }

    private static final class Entry<K, V> extends WeakReference<V> {

        private final K key;

        Entry(K key, V value, ReferenceQueue<V> unused) {
            super(value, unused);
            this.key = key;
        }
    }

    /** The value of {@code key}, made if nobody has it. */
    V get(K key) {
        forgetUnused();
        Entry<K, V> present = entries.get(key);
        V value = present == null ? null : present.get();
        return value == null ? put(key, factory.apply(key)) : value;
    }

    /** Puts {@code made} in, unless somebody else has been faster. */
    private V put(K key, V made) {
        Entry<K, V> entry = new Entry<>(key, made, unused);
        while (true) {
            Entry<K, V> present = entries.putIfAbsent(key, entry);
            V theirs = present == null ? made : present.get();
            if (theirs != null) return theirs;
            entries.remove(key, present);
        }
    }

    /** How many values are in use, or were so lately. */
    int size() {
        forgetUnused();
        return entries.size();
    }

    private void forgetUnused() {
        @Nullable Reference<? extends V> next;
        while ((next = unused.poll()) != null) {
            Entry<?, ?> entry = (Entry<?, ?>) next;
            entries.remove(entry.key, entry);
        }
    }
}
