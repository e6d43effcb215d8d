package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.sse.FrameSink;
import dev.opencode4j.core.sse.SseParser;
import dev.opencode4j.server.internal.v1.EventHead;
import dev.opencode4j.server.internal.v1.EventReader;
import dev.opencode4j.server.internal.wire.RawEvent;
import dev.opencode4j.server.internal.wire.Signal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Brings each event of one connection to those who listen to its session. An event that nobody listens to is dropped as
 * soon as its session is known; the others are decoded once, however many listen. An event that repeats the one before it
 * is dropped too: a delta that came twice would be in the text twice.
 */
final class FrameRouter implements FrameSink {

    private final SubscriberTable table;
    private final StreamScope scope;
    private final EventHead head = new EventHead();
    private final SseParser parser = new SseParser(SseParser.DEFAULT_MAX_EVENT, this);
    private final CRC32 sum = new CRC32();
    private long lastSum;
    private byte[] lastId = {};
    private volatile boolean ready;

    FrameRouter(SubscriberTable table, StreamScope scope) {
        this.table = table;
        this.scope = scope;
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
            if (ready) table.damaged();
            return;
        }
        if (!isEvent) return;
        if (!ready) {
            ready = head.type().equals(EventReader.CONNECTED);
            if (ready) table.connected();
            return;
        }
        if (head.isRepetition()) return;
        List<Subscriber> subscribers = subscribers();
        boolean isDropped = subscribers.isEmpty()
                && head.sessionId() != null
                && table.observers().isEmpty();
        if (isDropped || isRepeated(buffer, offset, length)) return;
        deliver(subscribers, buffer, offset, length);
        if (head.type().equals(EventReader.INSTANCE_DISPOSED)) table.disposed(directory(buffer, offset, length));
    }

    /** A new session is its parent's news; any other event is its own session's. */
    private List<Subscriber> subscribers() {
        boolean isBirth = head.type().equals(EventReader.SESSION_CREATED);
        return table.subscribers().find(isBirth ? head.parentId() : head.sessionId());
    }

    private void deliver(List<Subscriber> subscribers, byte[] buffer, int offset, int length) {
        Set<EventObserver> observers = observers(buffer, offset, length);
        if (subscribers.isEmpty() && observers.isEmpty()) return;
        Signal signal;
        RawEvent event;
        try {
            signal = EventReader.read(head, buffer, offset, length);
            event = observers.isEmpty() ? null : rawEvent(signal, buffer, offset, length);
        } catch (RuntimeException e) { // Whatever an event holds, it must not end the stream for everybody.
            subscribers.forEach(subscriber -> SubscriberTable.tell(subscriber, StreamListener::damaged));
            observers.forEach(observer -> SubscriberTable.tell(observer, StreamListener::damaged));
            return;
        }
        if (signal != null) {
            subscribers.forEach(subscriber -> SubscriberTable.tell(subscriber, told -> told.signal(signal)));
        }
        if (event != null) {
            observers.forEach(observer -> SubscriberTable.tell(observer, told -> told.event(event)));
        }
    }

    private Set<EventObserver> observers(byte[] buffer, int offset, int length) {
        ListenerIndex<EventObserver> index = table.observers();
        if (index.isEmpty()) return Set.of();
        if (head.type().equals(EventReader.HEARTBEAT)) return table.allObservers();
        Set<EventObserver> found = new LinkedHashSet<>(index.find(SubscriberTable.WHOLE_SERVER));
        found.addAll(index.find(directory(buffer, offset, length)));
        found.addAll(index.find(head.sessionId()));
        found.addAll(index.find(head.parentId()));
        return found;
    }

    private String directory(byte[] buffer, int offset, int length) {
        String told = EventReader.directory(head, buffer, offset, length);
        return told == null ? scope.directory() : told;
    }

    private RawEvent rawEvent(@Nullable Signal signal, byte[] buffer, int offset, int length) {
        String session = head.sessionId();
        return new RawEvent(
                head.type(),
                directory(buffer, offset, length),
                session == null ? "" : session,
                signal,
                EventReader.whole(head, buffer, offset, length));
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

    /** Whose event it was, nobody knows: its head is gone with it. */
    @Override
    public void oversized() {
        table.damaged();
    }
}
