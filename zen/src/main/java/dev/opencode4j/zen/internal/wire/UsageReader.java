package dev.opencode4j.zen.internal.wire;

import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.reply.Usage;
import java.math.BigDecimal;

/**
 * Takes apart what the protocol counts twice: cached tokens are in the prompt's, reasoning is in the answer's. One reader
 * an object.
 */
final class UsageReader {

    private long prompt;
    private long answer;
    private long cached;
    private long written;
    private long reasoning;
    private BigDecimal cost = BigDecimal.ZERO;

    /** Reads the fields of the object that was entered. */
    UsageReader(JsonReader json) {
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            switch (name) {
                case "prompt_tokens" -> prompt = json.number();
                case "completion_tokens" -> answer = json.number();
                case "prompt_tokens_details" -> promptDetails(json);
                case "completion_tokens_details" -> answerDetails(json);
                case "cost" -> cost = CostReader.read(json);
            }
        }
    }

    private void promptDetails(JsonReader json) {
        if (!json.enterObject()) return;
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            switch (name) {
                case "cached_tokens" -> cached = Math.max(0, json.number());
                case "cache_write_tokens" -> written = Math.max(0, json.number());
            }
        }
    }

    private void answerDetails(JsonReader json) {
        if (!json.enterObject()) return;
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            if (name.equals("reasoning_tokens")) reasoning = Math.max(0, json.number());
        }
    }

    Usage usage() {
        return new Usage(
                Math.max(0, prompt - cached - written), Math.max(0, answer - reasoning), reasoning, cached, written);
    }

    /** What it cost; zero if that is not said. */
    BigDecimal cost() {
        return cost;
    }
}
