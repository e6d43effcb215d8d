package dev.opencode4j.testkit.impostor;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says what has changed, in the shapes of one OpenCode version. */
final class Announcer {

    private final ServerVersion version;
    private final Streams streams;

    Announcer(ServerVersion version, Streams streams) {
        this.version = version;
        this.streams = streams;
    }

    private ObjectNode about(Conversation conversation) {
        return Json.object().put("sessionID", conversation.id());
    }

    private ObjectNode addressed(Conversation conversation) {
        return version.eventsAreAddressed() ? about(conversation) : Json.object();
    }

    void say(String type, ObjectNode properties, Conversation conversation) {
        streams.emit(type, properties, conversation.directory());
    }

    /** Created, updated or deleted. */
    void session(String what, Conversation conversation) {
        ObjectNode properties = addressed(conversation);
        properties.set("info", conversation.info());
        say("session." + what, properties, conversation);
    }

    void message(Conversation conversation, Message message) {
        ObjectNode properties = addressed(conversation);
        properties.set("info", message.info());
        say("message.updated", properties, conversation);
    }

    void part(Conversation conversation, ObjectNode part) {
        ObjectNode properties = addressed(conversation);
        properties.set("part", part);
        if (version.eventsAreAddressed()) {
            properties.put("time", System.currentTimeMillis());
        }
        say("message.part.updated", properties, conversation);
    }

    void delta(Conversation conversation, ObjectNode part, String delta) {
        ObjectNode properties = about(conversation)
                .put("messageID", part.path("messageID").asString())
                .put("partID", part.path("id").asString())
                .put("field", "text")
                .put("delta", delta);
        say("message.part.delta", properties, conversation);
    }

    void busy(Conversation conversation) {
        conversation.status = Json.object().put("type", "busy");
        status(conversation, conversation.status);
    }

    void retry(Conversation conversation, ObjectNode retry) {
        conversation.status = retry;
        status(conversation, retry);
    }

    private void status(Conversation conversation, ObjectNode status) {
        ObjectNode properties = about(conversation);
        properties.set("status", status);
        say("session.status", properties, conversation);
    }

    void idle(Conversation conversation) {
        status(conversation, Json.object().put("type", "idle"));
        say("session.idle", about(conversation), conversation);
    }

    void error(Conversation conversation, JsonNode error) {
        ObjectNode properties = about(conversation);
        properties.set("error", error);
        say("session.error", properties, conversation);
    }

    void diff(Conversation conversation) {
        ObjectNode properties = about(conversation);
        properties.putArray("diff");
        say("session.diff", properties, conversation);
    }

    void todos(Conversation conversation) {
        ObjectNode properties = about(conversation);
        properties.set("todos", conversation.todos);
        say("todo.updated", properties, conversation);
    }

    /** The user's message, stored: OpenCode tells it to everybody, its sender included. */
    void userMessage(Conversation conversation, Message message) {
        if (version.isNew()) {
            session("updated", conversation);
        }
        message(conversation, message);
        message.json().path("parts").forEach(part -> part(conversation, (ObjectNode) part));
        session("updated", conversation);
    }

    /** What comes between the assistant's new message and its first part. */
    void stepOpened(Conversation conversation, Message user, Message assistant) {
        message(conversation, assistant);
        session("updated", conversation);
        if (version.isNew()) {
            diff(conversation);
            message(conversation, user);
            busy(conversation);
        } else {
            message(conversation, user);
            busy(conversation);
            diff(conversation);
        }
    }

    /** What comes when everything is over and idle has been told. */
    void stragglers(Conversation conversation, Message user) {
        if (version.isNew()) {
            session("updated", conversation);
            diff(conversation);
            message(conversation, user);
        } else {
            message(conversation, user);
            session("updated", conversation);
            diff(conversation);
        }
    }
}
