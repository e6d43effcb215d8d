package dev.opencode4j.server.internal.launch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells listeners once how a process ended; a late one is told at once. Thread-safe. */
final class EndNotifier {

    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable String end;

    /** Has {@code listener} told on the thread that notices the end; running the result takes the wish back. */
    Runnable add(Consumer<String> listener) {
        String known;
        synchronized (this) {
            known = end;
            if (known == null) listeners.add(listener);
        }
        if (known != null) listener.accept(known);
        return () -> listeners.remove(listener);
    }

    /** Tells the end, in words. */
    void ended(String words) {
        synchronized (this) {
            end = words;
        }
        listeners.forEach(listener -> listener.accept(words));
        listeners.clear();
    }
}
