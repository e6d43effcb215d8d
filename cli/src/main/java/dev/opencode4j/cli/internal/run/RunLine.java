package dev.opencode4j.cli.internal.run;

import dev.opencode4j.server.internal.v1.EventHead;
import dev.opencode4j.server.internal.v1.EventReader;
import dev.opencode4j.server.internal.wire.Signal;
import dev.opencode4j.server.model.SessionStatus;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of a run's output. Two kinds of lines are read: the events of a server's stream, which the tap writes, and the
 * run's own, which tell of whole parts. Whatever else stands there is passed over.
 *
 * @param kind what it is
 * @param signal what it says to the turn; null if nothing
 * @param text the name of the agent that was used, for {@link Kind#REFUSED}
 */
record RunLine(Kind kind, @Nullable Signal signal, String text) {

    /** Who wrote a line. */
    enum Kind {
        TAP_BEGINS,
        REFUSED,
        EVENT,
        OWN,
        NOISE
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final RunLine NOTHING = new RunLine(Kind.NOISE, null, "");

    static RunLine read(byte[] line) {
        if (line.length == 0 || line[0] != '{') return NOTHING;
        try {
            EventHead head = new EventHead();
            if (!head.read(line, 0, line.length)) return NOTHING;
            return switch (head.type()) {
                case "opencode4j.tap" -> new RunLine(Kind.TAP_BEGINS, null, "");
                case "opencode4j.heartbeat" -> new RunLine(Kind.EVENT, null, "");
                case "opencode4j.refused" ->
                    new RunLine(
                            Kind.REFUSED,
                            null,
                            JSON.readTree(line).path("agent").asString(""));
                case "step_start", "step_finish", "text", "reasoning", "tool_use" -> own(line, "message.part.updated");
                case "error" -> own(line, "session.error");
                default -> event(head, line);
            };
        } catch (JacksonException | IndexOutOfBoundsException | IllegalArgumentException notJson) {
            return NOTHING;
        }
    }

    private static RunLine event(EventHead head, byte[] line) {
        if (head.type().indexOf('.') < 0) return NOTHING;
        return new RunLine(Kind.EVENT, EventReader.read(head, line, 0, line.length), "");
    }

    /** The run's own lines hold what an event holds, one level higher. */
    private static RunLine own(byte[] line, String type) {
        JsonNode tree = JSON.readTree(line);
        if (!tree.isObject()) return NOTHING;
        String session = tree.path("sessionID")
                .asString(tree.path("part").path("sessionID").asString(""));
        if (session.isEmpty()) return NOTHING;
        ObjectNode properties = (ObjectNode) tree;
        properties.put("sessionID", session);
        ObjectNode event = JSON.createObjectNode();
        event.put("type", type).set("properties", properties);
        byte[] bytes = JSON.writeValueAsString(event).getBytes(StandardCharsets.UTF_8);
        EventHead head = new EventHead();
        Signal signal = head.read(bytes, 0, bytes.length) ? EventReader.read(head, bytes, 0, bytes.length) : null;
        return new RunLine(
                Kind.OWN, signal == null ? new Signal.StatusChanged(session, SessionStatus.BUSY) : signal, "");
    }
}
