package dev.opencode4j.testkit.impostor;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The event streams, and what can be asked about a server and its project. */
final class ProjectRoutes {

    private final World world;

    ProjectRoutes(World world) {
        this.world = world;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/event", exchange -> world.streams().open(exchange, directory(exchange), sessions()))
                .on("GET", "/global/event", exchange -> world.streams().open(exchange, null, sessions()))
                .on("GET", "/global/health", this::health)
                .on("GET", "/agent", this::agents)
                .on("GET", "/config", exchange -> exchange.json(Json.object().put("model", defaultModel())))
                .on("GET", "/config/providers", exchange -> exchange.json(providers("providers")))
                .on("GET", "/provider", exchange -> exchange.json(providers("all")))
                .on("GET", "/path", this::paths)
                .on("GET", "/vcs", exchange -> exchange.answer(Response.ok("{\"branch\":null}")))
                .on("GET", "/mcp", exchange -> exchange.json(Json.object()))
                .on("GET", "/project/current", this::project)
                .on("GET", "/command", ProjectRoutes::none)
                .on("GET", "/file", ProjectRoutes::none)
                .on("GET", "/file/status", ProjectRoutes::none)
                .on("GET", "/find", ProjectRoutes::none)
                .on("GET", "/find/file", ProjectRoutes::none)
                .on("GET", "/find/symbol", ProjectRoutes::none);
    }

    private static void none(Exchange exchange) {
        exchange.json(Json.array());
    }

    private String directory(Exchange exchange) {
        return exchange.directory(world.settings().directory());
    }

    private List<String> sessions() {
        return world.conversations().stream().map(Conversation::id).toList();
    }

    private String defaultModel() {
        return world.settings().models().iterator().next();
    }

    private void health(Exchange exchange) {
        exchange.json(Json.object()
                .put("healthy", true)
                .put("version", world.settings().version().name()));
    }

    private void agents(Exchange exchange) {
        ArrayNode agents = Json.array();
        for (String name : world.settings().agents()) {
            String mode = name.equals("build") || name.equals("plan") ? "primary" : "subagent";
            agents.addObject().put("name", name).put("mode", mode).put("native", true);
        }
        exchange.json(agents);
    }

    private ObjectNode providers(String field) {
        ObjectNode answer = Json.object();
        ObjectNode byId = Json.object();
        ObjectNode defaults = Json.object();
        for (String model : world.settings().models()) {
            String[] names = model.split("/", 2);
            ObjectNode provider =
                    byId.withObjectProperty(names[0]).put("id", names[0]).put("name", names[0]);
            provider.withObjectProperty("models")
                    .putObject(names[1])
                    .put("id", names[1])
                    .put("providerID", names[0])
                    .put("name", names[1]);
            defaults.put(names[0], names[1]);
        }
        ArrayNode list = answer.putArray(field);
        byId.properties().forEach(provider -> list.add(provider.getValue()));
        answer.set("default", defaults);
        return answer;
    }

    private void paths(Exchange exchange) {
        String directory = directory(exchange);
        exchange.json(Json.object()
                .put("home", "/home/impostor")
                .put("state", "/home/impostor/.local/state/opencode")
                .put("config", "/home/impostor/.config/opencode")
                .put("worktree", directory)
                .put("directory", directory));
    }

    private void project(Exchange exchange) {
        exchange.json(Json.object().put("id", "global").put("worktree", directory(exchange)));
    }
}
