package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.server.internal.http.PathSegment;
import dev.opencode4j.server.internal.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests about the server itself: its health, what it knows, its configuration. */
public final class ServerRoutes {

    private static final String CONFIG = "/config";
    private static final String MCP = "/mcp";
    private static final String DIRECTORY = "directory";

    private ServerRoutes() {}

    /** The query parameters that say which directory and workspace is meant. */
    public static Map<String, String> scope(@Nullable String directory, @Nullable String workspace) {
        Map<String, String> scope = new LinkedHashMap<>();
        if (directory != null) scope.put(DIRECTORY, directory);
        if (workspace != null) scope.put("workspace", workspace);
        return scope;
    }

    /** The request about a directory, whichever the client is about; about that one if the name is empty. */
    public static Request in(String directory, Request request) {
        return directory.isEmpty() ? request : request.query(DIRECTORY, directory);
    }

    /** Asks whether it is well. */
    public static Request health() {
        return Request.get("/global/health").unscoped();
    }

    /** Opens the events of a directory. */
    public static Request events() {
        return Request.get("/event");
    }

    /** Opens the events of all directories. */
    public static Request allEvents() {
        return Request.get("/global/event").unscoped();
    }

    /** Reads its agents. */
    public static Request agents() {
        return Request.get("/agent");
    }

    /** Reads its commands. */
    public static Request commands() {
        return Request.get("/command");
    }

    /** Reads the providers that can be used. */
    public static Request providers() {
        return Request.get(CONFIG + "/providers");
    }

    /** Reads all providers that it has heard of. */
    public static Request knownProviders() {
        return Request.get("/provider");
    }

    /** Reads the configuration. */
    public static Request config() {
        return Request.get(CONFIG);
    }

    /** Changes the configuration. */
    public static Request updateConfig(Json change) {
        return Request.of("PATCH", CONFIG).with(bytes(change));
    }

    /** Reads how the MCP servers are. */
    public static Request mcp() {
        return Request.get(MCP);
    }

    /** Adds an MCP server. */
    public static Request addMcp(String name, Json config) {
        PathSegment.escape(name, "name"); // A name that could be added but not connected helps nobody.
        return Request.post(MCP)
                .with(new Body().put("name", name).put("config", config).bytes());
    }

    /** Connects an MCP server. */
    public static Request connectMcp(String name) {
        return Request.post(MCP + '/' + PathSegment.escape(name, "name") + "/connect");
    }

    /** Disconnects an MCP server. */
    public static Request disconnectMcp(String name) {
        return Request.post(MCP + '/' + PathSegment.escape(name, "name") + "/disconnect");
    }

    /** Any request; {@code path} is sent as it is, with its query if it has one. */
    public static Request any(String method, String path, @Nullable Json body) {
        Request request = Request.raw(method, path);
        return body == null ? request : request.with(bytes(body));
    }

    private static byte[] bytes(Json json) {
        return json.text().getBytes(StandardCharsets.UTF_8);
    }
}
