package dev.opencode4j.testkit.impostor;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** How event streams misbehave at present. Loop-confined. */
final class StreamFaults {

    int splitEvery;
    LineEnding lineEnding = LineEnding.LF;
    boolean byteOrderMark;
    boolean multiLineData;
    boolean commentBeforeEach;
    boolean heartbeatsAsComments;
    int copies = 1;
    boolean reorder;
    boolean dropIdle;
    boolean idleOnConnect;
    boolean withoutConnected;
    boolean connectedHeld;
    final Map<String, Integer> drops = new HashMap<>();

    /** Whether this event is one of those to be lost; counts it if so. */
    boolean loses(Event event) {
        if (dropIdle && event.isIdle()) {
            return true;
        }
        int left = drops.getOrDefault(event.type(), 0);
        if (left > 0) {
            drops.put(event.type(), left - 1);
        }
        return left > 0;
    }

    /** The bytes of one event. */
    byte[] frame(String json) {
        String end = lineEnding.text();
        StringBuilder frame = new StringBuilder(json.length() + 16);
        if (commentBeforeEach) {
            frame.append(": heartbeat").append(end);
        }
        if (multiLineData || json.indexOf('\n') >= 0) {
            Json.pretty(json)
                    .lines()
                    .forEach(line -> frame.append("data: ").append(line).append(end));
        } else {
            frame.append("data: ").append(json).append(end);
        }
        return frame.append(end).toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] comment() {
        return (": heartbeat" + lineEnding.text() + lineEnding.text()).getBytes(StandardCharsets.UTF_8);
    }
}
