package dev.opencode4j.testkit.impostor;

import dev.opencode4j.testkit.real.OpenCodeVersion;

/** What differs on the wire from one OpenCode version to the next, as the recordings show it. */
record ServerVersion(OpenCodeVersion version) {

    static ServerVersion of(String number) {
        return new ServerVersion(new OpenCodeVersion(number));
    }

    String name() {
        return version.number();
    }

    /** Events carry an id, and those of messages and parts name their session beside the object (not on 1.2.27). */
    boolean eventsAreAddressed() {
        return version.isSince("1.15");
    }

    /** Sessions have a path, a cost, tokens, and the agent and model last used (not on 1.2.27). */
    boolean sessionsAreCharged() {
        return version.isSince("1.15");
    }

    /** The order of events, sync events, and message lists that fail after a format (1.18.33). */
    boolean isNew() {
        return version.isSince("1.18");
    }

    /** Whether there is work left is found by comparing message ids (1.2.27 and 1.15.13). */
    boolean comparesMessageIds() {
        return !isNew();
    }
}
