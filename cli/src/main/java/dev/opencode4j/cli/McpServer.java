package dev.opencode4j.cli;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.part.Json;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A server of tools, by the Model Context Protocol: one over HTTP, or a program that OpenCode starts and that ends with
 * it. Immutable.
 */
public final class McpServer {

    private static final String ENABLED = "enabled";

    private final String name;
    private final Json entry;

    private McpServer(String name, Map<String, Object> entry) {
        this.name = Arguments.text(name, "name");
        this.entry = Json.of(entry);
    }

    /** A server over HTTP. */
    public static McpServer remote(String name, URI url) {
        return remote(name, url, Map.of());
    }

    /** A server over HTTP that wants headers, a token say. They reach OpenCode through its environment. */
    public static McpServer remote(String name, URI url, Map<String, String> headers) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("type", "remote");
        entry.put("url", url.toString());
        if (!headers.isEmpty()) entry.put("headers", Map.copyOf(headers));
        entry.put(ENABLED, true);
        return new McpServer(name, entry);
    }

    /** A program with its arguments, which speaks on its standard input and output. */
    public static McpServer local(String name, List<String> command) {
        return local(name, command, Map.of());
    }

    /** A program with its arguments, and what its environment has beside OpenCode's own. */
    public static McpServer local(String name, List<String> command, Map<String, String> environment) {
        if (command.isEmpty()) throw new IllegalArgumentException("command: must not be empty");
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("type", "local");
        entry.put("command", List.copyOf(command));
        if (!environment.isEmpty()) entry.put("environment", Map.copyOf(environment));
        entry.put(ENABLED, true);
        return new McpServer(name, entry);
    }

    /** The name, which OpenCode puts before the names of its tools. */
    public String name() {
        return name;
    }

    /** The entry in OpenCode's configuration. */
    public Json toJson() {
        return entry;
    }

    /** The name alone: headers and environment are secret. */
    @Override
    public String toString() {
        return "McpServer[" + name + ']';
    }
}
