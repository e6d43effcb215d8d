package dev.opencode4j.testkit.impostor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A session's state. Loop-confined. */
final class Conversation {

    private final String id;
    private final String directory;
    private final ObjectNode info;
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Deque<Script> scripted = new ArrayDeque<>();
    private final List<Runnable> onIdle = new ArrayList<>();
    final Deque<ReceivedPrompt> waiting = new ArrayDeque<>();

    @Nullable
    Turn running;

    @Nullable
    ObjectNode status;

    boolean idleOwed;
    boolean hadFormat;
    ArrayNode todos = Json.array();

    Conversation(ObjectNode info) {
        this.info = info;
        this.id = info.path("id").asString();
        this.directory = info.path("directory").asString();
    }

    String id() {
        return id;
    }

    String directory() {
        return directory;
    }

    ObjectNode info() {
        return info;
    }

    Deque<Script> scripted() {
        return scripted;
    }

    Map<String, Message> messages() {
        return messages;
    }

    String parentId() {
        return info.path("parentID").asString("");
    }

    /** A prompt changes what the session was last used with. */
    void prompted(String agent, ObjectNode model, ServerVersion version) {
        info.withObjectProperty("time").put("updated", System.currentTimeMillis());
        if (version.sessionsAreCharged()) {
            info.put("agent", agent)
                    .putObject("model")
                    .put("id", model.path("modelID").asString())
                    .put("providerID", model.path("providerID").asString())
                    .put("variant", "default");
        }
    }

    /** Takes over a message of another session, under a new id. */
    void copy(Message other, Ids ids) {
        ObjectNode copied = other.info().deepCopy().put("id", ids.message()).put("sessionID", id);
        Message message = new Message(copied);
        for (var part : other.json().path("parts")) {
            message.store(((ObjectNode) part)
                    .put("id", ids.part())
                    .put("sessionID", id)
                    .put("messageID", message.id()));
        }
        messages.put(message.id(), message);
    }

    /** The newest message of the assistant. */
    @Nullable
    Message lastAnswer() {
        Message last = null;
        for (Message message : messages.values()) {
            if (message.info().path("role").asString().equals("assistant")) {
                last = message;
            }
        }
        return last;
    }

    /** Adds a finished step's cost and tokens to the session's, where sessions have them. */
    void charge(Usage usage) {
        if (info.has("tokens")) {
            info.put("cost", info.path("cost").asDouble(0) + usage.cost());
            info.set("tokens", usage.addedTo(info.path("tokens")));
        }
    }

    void whenIdle(Runnable task) {
        if (running == null && waiting.isEmpty()) {
            task.run();
        } else {
            onIdle.add(task);
        }
    }

    void tellIdle() {
        List<Runnable> told = List.copyOf(onIdle);
        onIdle.clear();
        told.forEach(Runnable::run);
    }

    /** What dies with the process: the running turn, those waiting for it, and who waits. */
    void loseProcess() {
        Turn lost = running;
        if (lost != null) {
            lost.drop();
        }
        running = null;
        status = null;
        idleOwed = false;
        waiting.clear();
        onIdle.clear();
    }
}
