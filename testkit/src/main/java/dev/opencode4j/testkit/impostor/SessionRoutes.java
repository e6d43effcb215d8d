package dev.opencode4j.testkit.impostor;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes of sessions, without those of their messages. */
final class SessionRoutes {

    private final World world;

    SessionRoutes(World world) {
        this.world = world;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/session", this::list)
                .on("POST", "/session", this::create)
                .on("GET", "/session/status", this::status)
                .on("GET", "/session/*", onSession((exchange, session) -> exchange.json(session.info())))
                .on("PATCH", "/session/*", onSession(this::rename))
                .on("DELETE", "/session/*", onSession(this::delete))
                .on("GET", "/session/*/children", onSession(this::children))
                .on("GET", "/session/*/todo", onSession((exchange, session) -> exchange.json(session.todos)))
                .on("GET", "/session/*/diff", onSession((exchange, session) -> exchange.json(Json.array())))
                .on("POST", "/session/*/fork", onSession(this::fork))
                .on("POST", "/session/*/abort", this::abort);
    }

    /** Answers 404 for a session that is not there, and 500 for an id that cannot be one. */
    Consumer<Exchange> onSession(BiConsumer<Exchange, Conversation> handler) {
        return exchange -> {
            String id = exchange.path(0);
            Conversation session = world.find(id);
            if (session != null) {
                handler.accept(exchange, session);
            } else if (id.startsWith("ses")) {
                exchange.answer(Response.error(404, "NotFoundError", "Session not found: " + id));
            } else {
                exchange.answer(Response.unexpected());
            }
        };
    }

    private void list(Exchange exchange) {
        ArrayNode list = Json.array();
        String directory = exchange.directory(world.settings().directory());
        for (Conversation session : world.conversations()) {
            if (session.directory().equals(directory)) {
                list.insert(0, session.info());
            }
        }
        exchange.json(list);
    }

    private void create(Exchange exchange) {
        JsonNode body = exchange.body();
        exchange.json(world.open(body, exchange.directory(world.settings().directory()))
                .info());
    }

    private void status(Exchange exchange) {
        ObjectNode statuses = Json.object();
        String directory = exchange.directory(world.settings().directory());
        for (Conversation session : world.conversations()) {
            if (session.status != null && session.directory().equals(directory)) {
                statuses.set(session.id(), session.status);
            }
        }
        exchange.json(statuses);
    }

    private void rename(Exchange exchange, Conversation session) {
        JsonNode title = exchange.body().path("title");
        if (title.isString()) {
            session.info().set("title", title);
        }
        world.announcer().session("updated", session);
        exchange.json(session.info());
    }

    private void delete(Exchange exchange, Conversation session) {
        world.delete(session);
        exchange.json(BooleanNode.TRUE);
    }

    private void children(Exchange exchange, Conversation session) {
        ArrayNode list = Json.array();
        world.children(session).forEach(child -> list.add(child.info()));
        exchange.json(list);
    }

    private void fork(Exchange exchange, Conversation session) {
        String title = session.info().path("title").asString() + " (fork #1)";
        Conversation fork = world.open(Json.object().put("title", title), session.directory());
        String until = exchange.body().path("messageID").asString("");
        for (Message message : session.messages().values()) {
            if (message.id().equals(until)) {
                break;
            }
            fork.copy(message, world.ids());
        }
        exchange.json(fork.info());
    }

    private void abort(Exchange exchange) {
        Conversation session = world.find(exchange.path(0));
        if (session != null) {
            world.turns().abort(session);
        }
        exchange.json(BooleanNode.TRUE);
    }
}
