package dev.opencode4j.testkit.impostor;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event ready to be sent.
 *
 * @param type its type, empty if the test made it and it has none
 * @param json the whole object
 * @param directory the directory whose streams get it; null for all
 */
record Event(String type, String json, @Nullable String directory) {

    /** What only the stream of every directory carries: it says again what another event said. */
    private static final String SYNC = "sync";

    /** The repetition of a stored change. */
    Event asSync() {
        JsonNode said = Json.parse(json);
        JsonNode data = said.path("properties");
        ObjectNode sync = Json.object().put("type", SYNC);
        sync.putObject("syncEvent")
                .put("id", said.path("id").asString())
                .put("type", type + ".1")
                .put("aggregateID", data.path("sessionID").asString())
                .set("data", data);
        return new Event(SYNC, sync.toString(), directory);
    }

    boolean isSync() {
        return type.equals(SYNC);
    }

    boolean isStored() {
        return type.equals("session.created")
                || type.equals("session.updated")
                || type.equals("session.deleted")
                || type.equals("message.updated")
                || type.equals("message.part.updated");
    }

    boolean isOfPart() {
        return type.startsWith("message.part.");
    }

    boolean isIdle() {
        return type.equals("session.idle")
                || (type.equals("session.status") && json.contains("\"status\":{\"type\":\"idle\"}"));
    }

    /** As the stream of every directory wraps it. */
    String wrapped() {
        if (directory == null) {
            return "{\"payload\":" + json + "}";
        }
        return "{\"directory\":" + Json.valueOf(directory) + ",\"project\":\"global\",\"payload\":" + json + "}";
    }
}
