package dev.opencode4j.zen.internal.net;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a head while they come. Of a field that comes again the values are joined with a comma (RFC 9110, 5.3); of
 * one that has a single value, and where a comma would be part of it, the first counts. Not thread-safe.
 */
public final class HeaderFields {

    private static final Set<String> SINGLE = Set.of("content-type", "retry-after", "date");

    private final Map<String, String> values = new HashMap<>();

    /** Adds a field; the case of its name does not matter. */
    public void add(String name, String value) {
        String key = name.toLowerCase(Locale.ROOT);
        if (SINGLE.contains(key)) values.putIfAbsent(key, value);
        else values.merge(key, value, (known, more) -> known + ", " + more);
    }

    /** Goes on with the value of a field that was added last. */
    void extend(String name, String more) {
        values.computeIfPresent(name.toLowerCase(Locale.ROOT), (key, known) -> (known + ' ' + more).strip());
    }

    /** The value of a field, whose name is given in lower case; empty if there is none. */
    String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** The fields so far, by their names in lower case. */
    public Map<String, String> copy() {
        return Map.copyOf(values);
    }
}
