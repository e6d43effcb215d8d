package dev.opencode4j.cli.internal.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The commands that were not closed yet; the end of the JVM closes them. */
final class LiveChildren {

    private static final Set<Child> CHILDREN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> CHILDREN.parallelStream().forEach(Child::close), "opencode4j-cli-live-children"));
    }

    private LiveChildren() {}

    static void add(Child child) {
        CHILDREN.add(child);
    }

    static void remove(Child child) {
        CHILDREN.remove(child);
    }
}
