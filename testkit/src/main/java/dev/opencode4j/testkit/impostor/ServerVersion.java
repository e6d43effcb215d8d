package dev.opencode4j.testkit.impostor;

import java.util.stream.Stream;

/** What differs on the wire from one OpenCode version to the next, as the recordings show it. */
record ServerVersion(String name, int major, int minor) {

    static ServerVersion of(String name) {
        int[] numbers =
                Stream.of(name.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
        if (numbers.length < 2) {
            throw new IllegalArgumentException("Not a version of OpenCode: " + name + ". Try 1.18.33.");
        }
        return new ServerVersion(name, numbers[0], numbers[1]);
    }

    private boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }

    /** Events carry an id, and those of messages and parts name their session beside the object (not on 1.2.27). */
    boolean eventsAreAddressed() {
        return atLeast(1, 15);
    }

    /** Sessions have a path, a cost, tokens, and the agent and model last used (not on 1.2.27). */
    boolean sessionsAreCharged() {
        return atLeast(1, 15);
    }

    /** The order of events, sync events, and message lists that fail after a format (1.18.33). */
    boolean isNew() {
        return atLeast(1, 18);
    }

    /** Whether there is work left is found by comparing message ids (1.2.27 and 1.15.13). */
    boolean comparesMessageIds() {
        return !isNew();
    }
}
