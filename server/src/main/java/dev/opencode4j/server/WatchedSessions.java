package dev.opencode4j.server;

import dev.opencode4j.server.internal.stream.Subscription;
import dev.opencode4j.server.internal.v1.EventReader;
import dev.opencode4j.server.internal.wire.RawEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which sessions a watch is about: all, one, or one and its sub-agents. Thread-safe. */
final class WatchedSessions {

    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final @Nullable Function<String, List<String>> children;

    private WatchedSessions(@Nullable Function<String, List<String>> children) {
        this.children = children;
    }

    /** Those of a directory or of the server, as they come. */
    static WatchedSessions all() {
        return new WatchedSessions(null);
    }

    static WatchedSessions one(String id) {
        WatchedSessions sessions = new WatchedSessions(null);
        sessions.ids.add(id);
        return sessions;
    }

    /**
     * A session and those below it.
     *
     * @param children asks the server for the sessions under one
     */
    static WatchedSessions withSubAgents(String id, Function<String, List<String>> children) {
        WatchedSessions sessions = new WatchedSessions(children);
        sessions.ids.add(id);
        return sessions;
    }

    /** Whether the event is of interest; a new sub-agent's events are from here on. */
    boolean accepts(RawEvent event, Subscription subscription) {
        String id = event.sessionId();
        if (ids.isEmpty() || id.isEmpty() || ids.contains(id)) return true;
        if (children == null || !event.type().equals(EventReader.SESSION_CREATED)) return false;
        add(id, subscription);
        return true;
    }

    /** Finds the sub-agents that are there already. Blocks for a request each. */
    void lookUp(Subscription subscription) {
        for (String id : List.copyOf(ids)) lookUp(id, subscription);
    }

    private void lookUp(String id, Subscription subscription) {
        if (children == null) return;
        for (String child : children.apply(id)) {
            if (add(child, subscription)) lookUp(child, subscription);
        }
    }

    private boolean add(String id, Subscription subscription) {
        boolean isNew = ids.add(id);
        if (isNew) subscription.watch(id);
        return isNew;
    }

    boolean haveSubAgents() {
        return children != null;
    }
}
