package dev.opencode4j.server.internal.turn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders what the turns of one session send: one of them at a time may choose a message id, post a prompt or abort. Two
 * that do so at once choose the same id, and an abort that arrives late strikes the turn that came after its own.
 *
 * <p>A session costs an entry while one of its turns sends or waits. Thread-safe; waits without a thread.
 */
public final class SessionLanes {

    private final Map<String, List<Lane>> lanes = new HashMap<>();

    /** The right to send, from its grant to its release. */
    public final class Lane {

        private final String sessionId;
        private final Runnable granted;

        private Lane(String sessionId, Runnable granted) {
            this.sessionId = sessionId;
            this.granted = granted;
        }

        /** Gives the right to the next one, or takes the request for it back. Harmless when that has been done. */
        public void release() {
            leave(this);
        }
    }

    /** Asks to send after everybody who has asked before; {@code granted} runs at once or when they have released. */
    public Lane enter(String sessionId, Runnable granted) {
        return enter(new Lane(sessionId, granted), Integer.MAX_VALUE);
    }

    /** Asks to send before everybody who waits: for an abort, which must not strike the turns that come next. */
    public Lane enterFirst(String sessionId, Runnable granted) {
        return enter(new Lane(sessionId, granted), 1);
    }

    private Lane enter(Lane lane, int place) {
        boolean isFree;
        synchronized (lanes) {
            List<Lane> line = lanes.computeIfAbsent(lane.sessionId, id -> new ArrayList<>(1));
            line.add(Math.min(place, line.size()), lane);
            isFree = line.get(0) == lane;
        }
        if (isFree) lane.granted.run();
        return lane;
    }

    private void leave(Lane lane) {
        Lane next = null;
        synchronized (lanes) {
            List<Lane> line = lanes.get(lane.sessionId);
            if (line == null) return;
            boolean held = line.get(0) == lane;
            line.remove(lane);
            if (line.isEmpty()) lanes.remove(lane.sessionId);
            else if (held) next = line.get(0);
        }
        if (next != null) next.granted.run();
    }

    /** How many sessions have a turn that sends or waits. */
    int size() {
        synchronized (lanes) {
            return lanes.size();
        }
    }
}
