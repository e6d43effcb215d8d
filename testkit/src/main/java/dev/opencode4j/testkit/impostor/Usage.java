package dev.opencode4j.testkit.impostor;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one model step costs.
 *
 * @param cost in US dollars
 * @param input tokens of input, without those read from the cache
 * @param output tokens of output
 * @param reasoning tokens of reasoning
 * @param cacheRead tokens read from the cache
 */
public record Usage(double cost, long input, long output, long reasoning, long cacheRead) {

    /** What the recordings of the real servers show for each step. */
    public static final Usage TYPICAL = new Usage(0.000131, 90, 15, 5, 10);

    static ObjectNode none() {
        return tokens(0, 0, 0, 0);
    }

    /** With the total, as messages have it. */
    ObjectNode json() {
        ObjectNode json = Json.object().put("total", input + output + reasoning + cacheRead);
        tokens(input, output, reasoning, cacheRead)
                .properties()
                .forEach(entry -> json.set(entry.getKey(), entry.getValue()));
        return json;
    }

    ObjectNode addedTo(JsonNode tokens) {
        return tokens(
                tokens.path("input").asLong(0) + input,
                tokens.path("output").asLong(0) + output,
                tokens.path("reasoning").asLong(0) + reasoning,
                tokens.path("cache").path("read").asLong(0) + cacheRead);
    }

    private static ObjectNode tokens(long input, long output, long reasoning, long cacheRead) {
        ObjectNode tokens =
                Json.object().put("input", input).put("output", output).put("reasoning", reasoning);
        tokens.putObject("cache").put("read", cacheRead).put("write", 0);
        return tokens;
    }
}
