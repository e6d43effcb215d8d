package dev.opencode4j.testkit.impostor;

import org.jspecify.annotations.Nullable;

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
    Event asSync(String syncId) {
        String sync = "{\"type\":\"sync\",\"syncEvent\":{\"id\":\"" + syncId + "\",\"type\":\"" + type
                + ".1\",\"data\":" + json + "}}";
        return new Event(SYNC, sync, directory);
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
