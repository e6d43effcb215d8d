package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.sse.FrameSink;
import dev.opencode4j.core.sse.SseParser;
import dev.opencode4j.server.internal.v1.EventHead;
import dev.opencode4j.server.internal.v1.EventReader;
import dev.opencode4j.server.internal.wire.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Brings each event of one connection to those who watch its session. An event that nobody watches is dropped as soon
 * as its session is known; the others are decoded once, however many watch. An event that repeats the one before it is
 * dropped too: a delta that came twice would be in the text twice.
 */
final class FrameRouter implements FrameSink {

    private final Routing routing;
    private final EventHead head = new EventHead();
    private final SseParser parser = new SseParser(SseParser.DEFAULT_MAX_EVENT, this);
    private final CRC32 sum = new CRC32();
    private long lastSum;
    private byte[] lastId = {};
    private volatile boolean ready;

    FrameRouter(Routing routing) {
        this.routing = routing;
    }

    void feed(byte[] chunk, int length) {
        parser.feed(chunk, 0, length);
    }

    /** Whether the connection has had its first event. */
    boolean isReady() {
        return ready;
    }

    @Override
    public void frame(byte[] buffer, int offset, int length) {
        boolean isEvent;
        try {
            isEvent = head.read(buffer, offset, length);
        } catch (JacksonException e) { // Whose it was, nobody knows.
            if (ready) routing.damaged();
            return;
        }
        if (!isEvent) return;
        if (!ready) {
            ready = head.type().equals(EventReader.CONNECTED);
            if (ready) routing.connected();
            return;
        }
        List<Subscriber> watchers = watchers();
        if (watchers == null || isRepeated(buffer, offset, length)) return;
        Signal signal;
        try {
            signal = EventReader.read(head, buffer, offset, length);
        } catch (RuntimeException e) { // Whatever an event holds, it must not end the stream for everybody.
            watchers.forEach(Subscriber::damaged);
            return;
        }
        if (signal != null) watchers.forEach(watcher -> watcher.signal(signal));
    }

    /** Only an event with an id can be told from one that says the same twice; and an id alone proves nothing. */
    private boolean isRepeated(byte[] buffer, int offset, int length) {
        int from = head.idOffset();
        int to = from + head.idLength();
        if (from == to) return false;
        sum.reset();
        sum.update(buffer, offset, length);
        boolean repeated = sum.getValue() == lastSum && Arrays.equals(buffer, from, to, lastId, 0, lastId.length);
        if (!repeated) {
            lastSum = sum.getValue();
            lastId = Arrays.copyOfRange(buffer, from, to);
        }
        return repeated;
    }

    /** A new session is its parent's news; any other event is its own session's. */
    private @Nullable List<Subscriber> watchers() {
        if (head.type().equals(EventReader.SESSION_CREATED)) return routing.watchersOf(head.parentId());
        return routing.watchersOf(head.sessionId());
    }

    /** Whose event it was, nobody knows: its head is gone with it. */
    @Override
    public void oversized() {
        routing.damaged();
    }
}
