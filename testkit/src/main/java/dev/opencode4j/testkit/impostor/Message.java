package dev.opencode4j.testkit.impostor;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A stored message: what would be on the disk of a real server. */
final class Message {

    private final ObjectNode info;
    private final Map<String, ObjectNode> parts = new LinkedHashMap<>();

    Message(ObjectNode info) {
        this.info = info;
    }

    String id() {
        return info.path("id").asString();
    }

    ObjectNode info() {
        return info;
    }

    /** Not so if the process that wrote it was killed. */
    boolean isCompleted() {
        return info.path("time").has("completed");
    }

    void store(ObjectNode part) {
        parts.put(part.path("id").asString(), part.deepCopy());
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.set("info", info.deepCopy());
        var list = json.putArray("parts");
        parts.values().forEach(part -> list.add(part.deepCopy()));
        return json;
    }
}
