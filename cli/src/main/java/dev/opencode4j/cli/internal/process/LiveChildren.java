package dev.opencode4j.cli.internal.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The commands that were not closed yet; the end of the JVM closes them, and deletes what they had on disk. */
final class LiveChildren {

    private static final Set<Child> CHILDREN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(LiveChildren::end, "opencode4j-cli-live-children"));
    }

    private LiveChildren() {}

    private static void end() {
        CHILDREN.parallelStream().forEach(Child::close);
        RunFolder.closeAll();
    }

    static void add(Child child) {
        CHILDREN.add(child);
    }

    static void remove(Child child) {
        CHILDREN.remove(child);
    }
}
