package dev.opencode4j.testkit.impostor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The routes of messages: prompting and reading. */
final class MessageRoutes {

    private final World world;
    private final SessionRoutes sessions;

    MessageRoutes(World world, SessionRoutes sessions) {
        this.world = world;
        this.sessions = sessions;
    }

    void addTo(Routes routes) {
        routes.on("POST", "/session/*/prompt_async", this::promptAsync)
                .on("POST", "/session/*/message", sessions.onSession(this::promptAndWait))
                .on("GET", "/session/*/message", sessions.onSession(this::list))
                .on("GET", "/session/*/message/*", sessions.onSession(this::one));
    }

    /** The 204 goes out before anything is checked; 1.2.27 does not even look for the session. */
    private void promptAsync(Exchange exchange) {
        JsonNode body = exchange.body();
        if (world.find(exchange.path(0)) == null && !world.settings().version().eventsAreAddressed()) {
            exchange.answer(Response.status(204));
            return;
        }
        sessions.onSession((found, session) -> {
                    found.answer(Response.status(204));
                    world.turns().accept(session, body);
                })
                .accept(exchange);
    }

    private void promptAndWait(Exchange exchange, Conversation session) {
        ReceivedPrompt prompt = world.turns().accept(session, exchange.body());
        if (prompt == null) {
            exchange.answer(Response.unexpected());
        } else if (prompt.noReply()) {
            exchange.json(world.message(session, prompt.messageId()).json());
        } else {
            session.whenIdle(() -> answerWithLast(exchange, session, prompt));
        }
    }

    private static void answerWithLast(Exchange exchange, Conversation session, ReceivedPrompt prompt) {
        Message last = null;
        for (Message message : session.messages().values()) {
            if (message.info().path("parentID").asString("").equals(prompt.messageId())) {
                last = message;
            }
        }
        if (last == null) {
            exchange.answer(Response.unexpected());
        } else {
            exchange.json(last.json());
        }
    }

    private void list(Exchange exchange, Conversation session) {
        if (session.hadFormat && world.settings().version().isNew()) {
            exchange.answer(Response.error(400, "BadRequest", "Expected OutputFormatJsonSchema"));
            return;
        }
        List<Message> messages = new ArrayList<>(session.messages().values());
        String before = exchange.request().query().getOrDefault("before", "");
        if (!before.isEmpty()) {
            String id = idOf(before);
            messages.removeIf(message -> message.id().compareTo(id) >= 0);
        }
        int limit = Integer.parseInt(exchange.request().query().getOrDefault("limit", "0"));
        boolean more = limit > 0 && messages.size() > limit;
        if (more) {
            messages = messages.subList(messages.size() - limit, messages.size());
        }
        ArrayNode list = Json.array();
        messages.forEach(message -> list.add(message.json()));
        Response page = Response.ok(list.toString());
        exchange.answer(more ? page.header("x-next-cursor", cursor(messages.get(0))) : page);
    }

    private static String cursor(Message message) {
        String json = "{\"id\":\"" + message.id() + "\",\"time\":"
                + message.info().path("time").path("created").asLong() + "}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** A cursor of an earlier page, or a plain message id. */
    private static String idOf(String before) {
        if (before.startsWith("msg_")) {
            return before;
        }
        byte[] json = Base64.getUrlDecoder().decode(before);
        return Json.parse(new String(json, StandardCharsets.UTF_8)).path("id").asString("");
    }

    private void one(Exchange exchange, Conversation session) {
        String id = exchange.path(1);
        Message message = session.messages().get(id);
        if (message != null) {
            exchange.json(message.json());
        } else if (id.startsWith("msg")) {
            exchange.answer(Response.error(404, "NotFoundError", "Message not found: " + id));
        } else {
            exchange.answer(Response.error(
                    400,
                    "BadRequest",
                    "Expected a string starting with \"msg\", got \"" + id + "\"\n  at [\"messageID\"]"));
        }
    }
}
