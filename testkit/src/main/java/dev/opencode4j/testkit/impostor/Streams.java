package dev.opencode4j.testkit.impostor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** All open event streams, and what happens to an event on its way to them. Loop-confined. */
final class Streams {

    private enum Fate {
        CUT,
        STALL
    }

    private final ServerVersion version;
    private final Ids ids;
    private final Map<Connection, EventStream> open = new LinkedHashMap<>();
    private StreamFaults faults = new StreamFaults();
    private long opened;
    private int untilFate = -1;
    private Fate fate = Fate.CUT;
    private Ending fateEnding = Ending.ABRUPT;
    private @Nullable Event heldForReorder;

    Streams(ServerVersion version, Ids ids) {
        this.version = version;
        this.ids = ids;
    }

    StreamFaults faults() {
        return faults;
    }

    void heal() {
        releaseReordered();
        releaseConnected();
        faults = new StreamFaults();
        untilFate = -1;
        open.values().forEach(EventStream::thaw);
    }

    long opened() {
        return opened;
    }

    int openNow() {
        return open.size();
    }

    void forget(Connection connection) {
        open.remove(connection);
    }

    /** Opens a stream; without a directory it carries those of all. */
    void open(Exchange exchange, @Nullable String directory, List<String> idleSessions) {
        EventStream stream = new EventStream(exchange.connection(), directory);
        stream.open(faults);
        open.put(exchange.connection(), stream);
        opened++;
        if (!faults.withoutConnected && !faults.connectedHeld) {
            stream.send(frame("server.connected", Json.object()), faults);
        }
        if (faults.idleOnConnect) {
            for (String session : idleSessions) {
                ObjectNode status = Json.object().put("sessionID", session);
                status.putObject("status").put("type", "idle");
                stream.send(frame("session.status", status), faults);
                stream.send(frame("session.idle", Json.object().put("sessionID", session)), faults);
            }
        }
    }

    void releaseConnected() {
        if (faults.connectedHeld) {
            faults.connectedHeld = false;
            deliver(event("server.connected", Json.object(), null));
        }
    }

    void heartbeat() {
        if (faults.heartbeatsAsComments) {
            each(stream -> stream.send(faults.comment(), faults));
        } else {
            deliver(event("server.heartbeat", Json.object(), null));
        }
    }

    void emit(String type, ObjectNode properties, String directory) {
        if (open.isEmpty()) {
            return;
        }
        Event event = event(type, properties, directory);
        emit(event);
        if (version.isNew() && event.isStored() && open.values().stream().anyMatch(EventStream::isOfEveryDirectory)) {
            emit(event.asSync());
        }
    }

    private Frame frame(String type, ObjectNode properties) {
        return new Frame(event(type, properties, null), faults);
    }

    private Event event(String type, ObjectNode properties, @Nullable String directory) {
        ObjectNode event = Json.object();
        if (version.eventsAreAddressed()) {
            event.put("id", ids.event());
        }
        event.put("type", type).set("properties", properties);
        return new Event(type, event.toString(), directory);
    }

    void emit(Event event) {
        if (faults.loses(event)) {
            return;
        }
        for (int copy = 0; copy < faults.copies; copy++) {
            inOrder(event);
        }
    }

    private void inOrder(Event event) {
        Event held = heldForReorder;
        if (faults.reorder && held == null && event.isOfPart()) {
            heldForReorder = event;
            return;
        }
        heldForReorder = null;
        if (held != null && !event.isOfPart()) {
            deliver(held);
            held = null;
        }
        deliver(event);
        if (held != null) {
            deliver(held);
        }
    }

    void releaseReordered() {
        Event held = heldForReorder;
        heldForReorder = null;
        if (held != null) {
            deliver(held);
        }
    }

    private void deliver(Event event) {
        Frame frame = new Frame(event, faults);
        each(stream -> {
            if (stream.wants(event)) {
                stream.send(frame, faults);
            }
        });
        if (untilFate > 0 && --untilFate == 0) {
            meetFate();
        }
    }

    private void meetFate() {
        if (fate == Fate.CUT) {
            cut(fateEnding);
        } else {
            stall();
        }
    }

    void cutAfter(int events, Ending ending) {
        fate = Fate.CUT;
        fateEnding = ending;
        untilFate = events;
    }

    void stallAfter(int events) {
        fate = Fate.STALL;
        untilFate = events;
    }

    void cut(Ending ending) {
        each(stream -> stream.end(ending));
    }

    void stall() {
        each(EventStream::stall);
    }

    void freeze() {
        each(EventStream::freeze);
    }

    void thaw() {
        each(EventStream::thaw);
    }

    private void each(Consumer<EventStream> action) {
        new ArrayList<>(open.values()).forEach(action);
    }
}
