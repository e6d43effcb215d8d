package dev.opencode4j.core.prompt;

import dev.opencode4j.core.argument.Arguments;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model of a provider, written {@code provider/model}; a model's own name may hold slashes.
 *
 * @param provider the provider's id, such as {@code anthropic}
 * @param name the model's id at the provider, such as {@code claude-sonnet-4-5}
 * @param variant a variant of the model, such as {@code high}, or null for the default
 */
public record Model(String provider, String name, @Nullable String variant) {

    /** Refuses blank names. */
    public Model {
        Arguments.text(provider, "provider");
        Arguments.text(name, "name");
        Arguments.textIfAny(variant, "variant");
    }

    /**
     * Reads {@code provider/model}, split at the first slash.
     *
     * @throws IllegalArgumentException if there is no slash, or nothing on one side of it
     */
    public static Model of(String text) {
        Objects.requireNonNull(text, "model");
        int slash = text.indexOf('/');
        if (slash <= 0
                || text.substring(0, slash).isBlank()
                || text.substring(slash + 1).isBlank()) {
            throw new IllegalArgumentException(
                    "model: must be written provider/model, such as opencode/glm-5; was '" + text + "'");
        }
        return new Model(text.substring(0, slash), text.substring(slash + 1), null);
    }

    /** The same model in a variant. */
    public Model withVariant(String value) {
        return new Model(provider, name, Objects.requireNonNull(value, "variant"));
    }

    @Override
    public String toString() {
        return provider + '/' + name;
    }
}
