package dev.opencode4j.server;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.server.internal.http.Answer;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.v1.ServerCodec;
import dev.opencode4j.server.internal.v1.ServerRoutes;
import dev.opencode4j.server.model.McpStatus;
import java.util.Map;

/** The MCP servers that a server uses. {@link OpenCodeClient} says how the methods fail. Thread-safe. */
public final class McpServers {

    private final Transport transport;

    McpServers(Transport transport) {
        this.transport = transport;
    }

    /** Reads how they are, by name. */
    public Map<String, McpStatus> status() {
        return transport.send(ServerRoutes.mcp(), answer -> answer.read(ServerCodec::mcp));
    }

    /** Adds one, until the server ends, and returns how all are then. */
    public Map<String, McpStatus> add(String name, Json config) {
        return transport.send(ServerRoutes.addMcp(name, config), answer -> answer.read(ServerCodec::mcp));
    }

    /** Connects one. On 1.2.27 an unknown one is no error. */
    public void connect(String name) {
        transport.send(ServerRoutes.connectMcp(name), Answer::confirmed);
    }

    /** Disconnects one. */
    public void disconnect(String name) {
        transport.send(ServerRoutes.disconnectMcp(name), Answer::confirmed);
    }
}
