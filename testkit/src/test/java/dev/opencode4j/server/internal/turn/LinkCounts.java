package dev.opencode4j.server.internal.turn;

/** What a client holds for its turns, counted; for tests in other rooms. */
public final class LinkCounts {

    private LinkCounts() {}

    /** What is not zero, in words; empty if nothing is held. */
    public static String held(ServerLink link) {
        StringBuilder held = new StringBuilder();
        if (link.lanes().size() > 0) held.append(link.lanes().size()).append(" lanes ");
        if (link.turns().size() > 0) held.append(link.turns().size()).append(" live turns ");
        return held.toString();
    }
}
