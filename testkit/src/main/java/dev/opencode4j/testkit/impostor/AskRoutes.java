package dev.opencode4j.testkit.impostor;

import tools.jackson.databind.node.BooleanNode;

/** The routes of permissions and questions, with errors in their own shape. */
final class AskRoutes {

    private final World world;

    AskRoutes(World world) {
        this.world = world;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/permission", exchange -> exchange.json(world.asks().permissions(directory(exchange))))
                .on("GET", "/question", exchange -> exchange.json(world.asks().questions(directory(exchange))))
                .on("POST", "/permission/*/reply", this::permission)
                .on("POST", "/question/*/reply", this::question)
                .on("POST", "/question/*/reject", this::reject);
    }

    private String directory(Exchange exchange) {
        return exchange.directory(world.settings().directory());
    }

    private void permission(Exchange exchange) {
        String reply = exchange.body().path("reply").asString("");
        if (!reply.equals("once") && !reply.equals("always") && !reply.equals("reject")) {
            exchange.answer(Response.error(400, "BadRequest", "Expected \"once\" | \"always\" | \"reject\""));
            return;
        }
        answer(exchange, "Permission", world.asks().replyToPermission(exchange.path(0), reply));
    }

    private void question(Exchange exchange) {
        answer(
                exchange,
                "Question",
                world.asks().answerQuestion(exchange.path(0), exchange.body().path("answers")));
    }

    private void reject(Exchange exchange) {
        answer(exchange, "Question", world.asks().rejectQuestion(exchange.path(0)));
    }

    private static void answer(Exchange exchange, String kind, boolean found) {
        if (found) {
            exchange.json(BooleanNode.TRUE);
            return;
        }
        String id = exchange.path(0);
        var error = Json.object()
                .put("_tag", kind + "NotFoundError")
                .put("requestID", id)
                .put("message", kind + " request not found: " + id);
        exchange.answer(Response.status(404).json(error.toString()));
    }
}
