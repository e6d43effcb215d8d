package dev.opencode4j.zen.internal.wire;

/**
 * A whole tool call.
 *
 * @param id the model's id for it
 * @param name the tool's name
 * @param arguments the arguments as the model wrote them, which may be no JSON
 */
public record ToolCall(String id, String name, String arguments) {}
