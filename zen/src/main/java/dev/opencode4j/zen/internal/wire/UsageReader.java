package dev.opencode4j.zen.internal.wire;

import dev.opencode4j.core.reply.Usage;
import tools.jackson.databind.JsonNode;

/** Takes apart what the protocol counts twice: cached tokens are in the prompt's, reasoning is in the answer's. */
final class UsageReader {

    private UsageReader() {}

    static Usage read(JsonNode usage) {
        long prompt = count(usage.path("prompt_tokens"));
        long answer = count(usage.path("completion_tokens"));
        long cached = count(usage.path("prompt_tokens_details").path("cached_tokens"));
        long written = count(usage.path("prompt_tokens_details").path("cache_write_tokens"));
        long reasoning = count(usage.path("completion_tokens_details").path("reasoning_tokens"));
        return new Usage(
                Math.max(0, prompt - cached - written), Math.max(0, answer - reasoning), reasoning, cached, written);
    }

    private static long count(JsonNode node) {
        return Math.max(0, node.asLong(0));
    }
}
