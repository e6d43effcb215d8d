package dev.opencode4j.cli;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.part.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A provider of models that OpenCode does not know by itself: a gateway, a server of your own. Its models are chosen as
 * {@code id/model}. Immutable.
 *
 * <p>Give each model its {@code limit}: OpenCode asks models that it does not know for 32,000 tokens of output, which many
 * servers refuse.
 */
public final class CustomProvider {

    private final Builder settings;

    private CustomProvider(Builder settings) {
        this.settings = settings;
    }

    /** Starts a provider of this id. */
    public static Builder builder(String id) {
        return new Builder(Arguments.text(id, "id"));
    }

    /** The id. */
    public String id() {
        return settings.id;
    }

    /** The entry in OpenCode's configuration, with the key that was given. */
    public Json toJson() {
        Map<String, Object> options = new LinkedHashMap<>();
        if (settings.baseUrl != null) options.put("baseURL", settings.baseUrl.toString());
        if (settings.apiKey != null) options.put("apiKey", settings.apiKey);
        options.putAll(settings.options);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("npm", settings.npm);
        entry.put("name", settings.name == null ? settings.id : settings.name);
        Map<String, Object> models = new LinkedHashMap<>();
        settings.models.forEach((id, model) -> models.put(id, model.node()));
        entry.put("models", models);
        if (!options.isEmpty()) entry.put("options", options);
        return Json.of(entry);
    }

    /** The id and the models: options and keys are secret. */
    @Override
    public String toString() {
        return "CustomProvider[" + settings.id + ", " + new ArrayList<>(settings.models.keySet()) + ']';
    }

    /** Builds a {@link CustomProvider}. Not for use by several threads. */
    public static final class Builder {

        private final String id;
        private final Map<String, Json> models = new LinkedHashMap<>();
        private final Map<String, Object> options = new LinkedHashMap<>();
        private String npm = "@ai-sdk/openai-compatible";
        private @Nullable String name;
        private @Nullable URI baseUrl;
        private @Nullable String apiKey;

        private Builder(String id) {
            this.id = id;
        }

        private Builder(Builder other) {
            id = other.id;
            models.putAll(other.models);
            options.putAll(other.options);
            npm = other.npm;
            name = other.name;
            baseUrl = other.baseUrl;
            apiKey = other.apiKey;
        }

        /** Adds models of which nothing is known but their ids. */
        public Builder models(List<String> ids) {
            ids.forEach(model -> models.put(Arguments.text(model, "ids"), Json.EMPTY));
            return this;
        }

        /** Adds a model as OpenCode's configuration describes it: {@code limit}, {@code cost}, {@code reasoning}, ... */
        public Builder model(String model, Json description) {
            models.put(Arguments.text(model, "model"), Objects.requireNonNull(description, "description"));
            return this;
        }

        /** The npm package that speaks to it; {@code @ai-sdk/openai-compatible} unless set. */
        public Builder npm(String value) {
            npm = Arguments.text(value, "npm");
            return this;
        }

        /** A name for people; the id unless set. */
        public Builder name(String value) {
            name = Arguments.text(value, "name");
            return this;
        }

        /** Where it is. */
        public Builder baseUrl(URI value) {
            baseUrl = Objects.requireNonNull(value, "baseUrl");
            return this;
        }

        /**
         * The key, or <code>{env:NAME}</code> for OpenCode to take it from its environment. It reaches OpenCode through
         * its environment, and no file and no argument.
         */
        public Builder apiKey(String value) {
            apiKey = Arguments.text(value, "apiKey");
            return this;
        }

        /** Another option of the package; wins over {@code baseURL} and {@code apiKey}. */
        public Builder option(String option, Object value) {
            options.put(Arguments.text(option, "option"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * The provider.
         *
         * @throws IllegalArgumentException if it has no model
         */
        public CustomProvider build() {
            if (models.isEmpty()) throw new IllegalArgumentException("models: must not be empty");
            return new CustomProvider(new Builder(this));
        }
    }
}
