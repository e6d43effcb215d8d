package dev.opencode4j.server.model;

import dev.opencode4j.core.prompt.Model;
import java.util.List;
import java.util.Set;

/**
 * Providers that a server knows.
 *
 * @param providers the providers
 * @param defaults the default model of each provider that has one
 * @param connected the ids of those that can be used
 */
public record Providers(List<Provider> providers, List<Model> defaults, Set<String> connected) {

    /** Keeps copies. */
    public Providers {
        providers = List.copyOf(providers);
        defaults = List.copyOf(defaults);
        connected = Set.copyOf(connected);
    }
}
