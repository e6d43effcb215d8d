package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.server.model.AgentInfo;
import dev.opencode4j.server.model.CommandInfo;
import dev.opencode4j.server.model.Health;
import dev.opencode4j.server.model.McpStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a server says of itself. */
public final class ServerCodec {

    private ServerCodec() {}

    /** Its health; null if it says nothing of it. */
    public static @Nullable Health health(byte[] body) {
        JsonNode node = Tree.parse(body);
        return node.has("healthy") ? new Health(Tree.isTrue(node, "healthy"), Tree.textOr(node, "version", "")) : null;
    }

    /** Its agents. */
    public static List<AgentInfo> agents(byte[] body) {
        return Tree.list(Tree.parse(body), node -> {
            String name = Tree.textOr(node, "name", "");
            if (name.isEmpty()) return null;
            return new AgentInfo(
                    name,
                    Tree.text(node, "description"),
                    Tree.textOr(node, "mode", ""),
                    ModelCodec.read(node.path("model")),
                    Tree.json(node));
        });
    }

    /** Its commands. */
    public static List<CommandInfo> commands(byte[] body) {
        return Tree.list(Tree.parse(body), node -> {
            String name = Tree.textOr(node, "name", "");
            if (name.isEmpty()) return null;
            return new CommandInfo(
                    name,
                    Tree.text(node, "description"),
                    Tree.text(node, "agent"),
                    Tree.textOr(node, "template", ""),
                    Tree.json(node));
        });
    }

    /** Its MCP servers, by name. */
    public static Map<String, McpStatus> mcp(byte[] body) {
        Map<String, McpStatus> statuses = new LinkedHashMap<>();
        Tree.parse(body)
                .properties()
                .forEach(entry -> statuses.put(
                        entry.getKey(),
                        new McpStatus(
                                Tree.textOr(entry.getValue(), "status", ""), Tree.text(entry.getValue(), "error"))));
        return statuses;
    }

    /** Any JSON; the empty object for an empty body. */
    public static Json any(byte[] body) {
        return Tree.json(Tree.parse(body));
    }
}
