package dev.opencode4j.server;

import dev.opencode4j.server.internal.turn.LinkCounts;

/** What a client holds, counted; for tests in other rooms. */
public final class ClientCounts {

    private ClientCounts() {}

    /** The turns that a client holds something for, in words; empty if there are none. */
    public static String turns(OpenCodeClient client) {
        return LinkCounts.held(client.link());
    }

    /** How many event streams it has. */
    public static int streams(OpenCodeClient client) {
        return client.link().hub().streams();
    }
}
