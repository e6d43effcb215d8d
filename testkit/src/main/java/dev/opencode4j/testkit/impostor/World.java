package dev.opencode4j.testkit.impostor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All that a server knows: sessions, messages, and what is pending. Loop-confined. */
final class World {

    private static final List<String> SLUGS = List.of("quiet-otter", "sunny-river", "brave-lagoon", "gentle-star");

    private final EventLoop loop;
    private final Settings settings;
    private final Ids ids = new Ids();
    private final Streams streams;
    private final Announcer announcer;
    private final Asks asks;
    private final Gates gates = new Gates();
    private final Turns turns = new Turns(this);
    private final Map<String, Conversation> conversations = new LinkedHashMap<>();

    World(EventLoop loop, Settings settings) {
        this.loop = loop;
        this.settings = settings;
        this.streams = new Streams(settings.version(), ids);
        this.announcer = new Announcer(settings.version(), streams);
        this.asks = new Asks(ids, announcer);
    }

    EventLoop loop() {
        return loop;
    }

    Settings settings() {
        return settings;
    }

    Ids ids() {
        return ids;
    }

    Streams streams() {
        return streams;
    }

    Announcer announcer() {
        return announcer;
    }

    Asks asks() {
        return asks;
    }

    Gates gates() {
        return gates;
    }

    Turns turns() {
        return turns;
    }

    List<Conversation> conversations() {
        return new ArrayList<>(conversations.values());
    }

    @Nullable
    Conversation find(String id) {
        return conversations.get(id);
    }

    Message message(Conversation conversation, String id) {
        return Objects.requireNonNull(conversation.messages().get(id), id);
    }

    Conversation open(JsonNode body, String directory) {
        long now = System.currentTimeMillis();
        ObjectNode info = Json.object()
                .put("id", ids.session())
                .put("slug", SLUGS.get(conversations.size() % SLUGS.size()))
                .put("version", settings.version().name())
                .put("projectID", "global")
                .put("directory", directory);
        if (settings.version().sessionsAreCharged()) {
            info.put("path", directory.replaceFirst("^/", ""));
        }
        info.put("title", body.path("title").asString("New session - " + Instant.ofEpochMilli(now)));
        for (String field : List.of("parentID", "agent", "model", "metadata", "permission")) {
            if (body.has(field)) {
                info.set(field, body.path(field));
            }
        }
        if (settings.version().sessionsAreCharged()) {
            info.put("cost", 0).set("tokens", Usage.none());
        }
        info.putObject("time").put("created", now).put("updated", now);
        Conversation conversation = new Conversation(info);
        conversations.put(conversation.id(), conversation);
        announcer.session("created", conversation);
        return conversation;
    }

    Conversation openChild(Conversation parent, String description) {
        ObjectNode body = Json.object()
                .put("parentID", parent.id())
                .put("title", description + " (@general subagent)")
                .put("agent", "general");
        return open(body, parent.directory());
    }

    void delete(Conversation conversation) {
        for (Conversation child : children(conversation)) {
            delete(child);
        }
        conversation.loseProcess();
        conversations.remove(conversation.id());
        announcer.session("deleted", conversation);
    }

    List<Conversation> children(Conversation parent) {
        return conversations.values().stream()
                .filter(child -> child.parentId().equals(parent.id()))
                .toList();
    }

    /** A new message of the assistant, not yet told to anybody. */
    Message newAnswer(Conversation conversation, ReceivedPrompt prompt) {
        ObjectNode user = message(conversation, prompt.messageId()).info();
        String agent = user.path("agent").asString();
        ObjectNode info = Json.object()
                .put("id", ids.message())
                .put("sessionID", conversation.id())
                .put("role", "assistant");
        info.putObject("time").put("created", System.currentTimeMillis());
        info.put("parentID", prompt.messageId());
        info.set("modelID", user.path("model").path("modelID"));
        info.set("providerID", user.path("model").path("providerID"));
        info.put("mode", agent).put("agent", agent);
        info.putObject("path").put("cwd", conversation.directory()).put("root", conversation.directory());
        info.put("cost", 0).set("tokens", Usage.none());
        return new Message(info);
    }

    void raw(String json, @Nullable String directory) {
        JsonNode parsed = Json.lenient(json);
        streams.emit(new Event(parsed.path("type").asString(""), json, directory));
    }

    /** The process dies: running turns and what is pending are gone, what was on the disk stays. */
    void loseProcess() {
        conversations.values().forEach(Conversation::loseProcess);
        asks.clear();
    }

    void loseEverything() {
        loseProcess();
        conversations.clear();
    }
}
