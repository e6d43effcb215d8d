package dev.opencode4j.batch;

import dev.opencode4j.core.argument.Arguments;
import java.util.HashMap;
import java.util.Map;

/**
 * How many prompts may be with a provider at once, beside the limit of the whole batch. Immutable.
 *
 * <p>A prompt's provider is that of its model; those without a model of their own share that of the session's model, or
 * {@value #DEFAULT_PROVIDER} if that has none either.
 */
public final class ProviderLimits {

    /** The provider of prompts whose model is the agent's default. */
    public static final String DEFAULT_PROVIDER = "default";

    /** No limit but the batch's. */
    public static final ProviderLimits NONE = new ProviderLimits(Integer.MAX_VALUE, Map.of());

    private final int each;
    private final Map<String, Integer> byProvider;

    private ProviderLimits(int each, Map<String, Integer> byProvider) {
        this.each = each;
        this.byProvider = Map.copyOf(byProvider);
    }

    /** At most {@code limit} prompts with each provider. */
    public static ProviderLimits each(int limit) {
        return new ProviderLimits(Arguments.positive(limit, "limit"), Map.of());
    }

    /** The same but for one provider; with 0 its prompts fail at once, for they could only wait for ever. */
    public ProviderLimits with(String provider, int limit) {
        Arguments.text(provider, "provider");
        if (limit < 0) throw new IllegalArgumentException("limit: must not be negative, was " + limit);
        Map<String, Integer> changed = new HashMap<>(byProvider);
        changed.put(provider, limit);
        return new ProviderLimits(each, changed);
    }

    /** The limit of a provider. */
    public int of(String provider) {
        return byProvider.getOrDefault(provider, each);
    }
}
