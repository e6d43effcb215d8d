package dev.opencode4j.server.model;

import dev.opencode4j.core.part.Json;
import java.util.List;

/**
 * A provider of models.
 *
 * @param id the id
 * @param name the name for people
 * @param models its models
 * @param raw everything as it was received, models left out; it may hold a key
 */
public record Provider(String id, String name, List<ModelInfo> models, Json raw) {

    /** Keeps a copy of the list. */
    public Provider {
        models = List.copyOf(models);
    }

    /** Leaves out what may hold a key. */
    @Override
    public String toString() {
        return "Provider[" + id + ", " + models.size() + " models]";
    }
}
