package dev.opencode4j.server.model;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Model;

/**
 * A model that a server knows.
 *
 * @param model the name to ask for it by
 * @param displayName the name for people
 * @param contextLimit how many tokens it can read; 0 when not told
 * @param outputLimit how many tokens it can write; 0 when not told
 * @param raw everything as it was received: capabilities, prices, options
 */
public record ModelInfo(Model model, String displayName, long contextLimit, long outputLimit, Json raw) {

    /** Leaves out what may hold a provider's key. */
    @Override
    public String toString() {
        return "ModelInfo[" + model + ']';
    }
}
