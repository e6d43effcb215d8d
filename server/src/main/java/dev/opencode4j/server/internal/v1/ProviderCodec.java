package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.server.model.ModelInfo;
import dev.opencode4j.server.model.Provider;
import dev.opencode4j.server.model.Providers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads providers and their models, in either list: of those that can be used, or of all. */
public final class ProviderCodec {

    private ProviderCodec() {}

    /** The providers; null if there are none where they should be. */
    public static @Nullable Providers read(byte[] body) {
        JsonNode root = Tree.parse(body);
        boolean all = root.path("all").isArray();
        JsonNode array = all ? root.path("all") : root.path("providers");
        if (!array.isArray()) return null;
        List<Provider> providers = Tree.list(array, ProviderCodec::provider);
        Set<String> connected = new LinkedHashSet<>();
        if (all) connected.addAll(Tree.texts(root.path("connected")));
        else providers.forEach(provider -> connected.add(provider.id()));
        return new Providers(providers, defaults(root.path("default")), connected);
    }

    private static List<Model> defaults(JsonNode byProvider) {
        List<Model> defaults = new ArrayList<>();
        byProvider.properties().forEach(entry -> {
            String name = entry.getValue().isString() ? entry.getValue().asString() : "";
            if (!entry.getKey().isBlank() && !name.isBlank()) defaults.add(new Model(entry.getKey(), name, null));
        });
        return defaults;
    }

    private static @Nullable Provider provider(JsonNode node) {
        String id = Tree.textOr(node, "id", "");
        if (id.isBlank()) return null;
        List<ModelInfo> models = new ArrayList<>();
        node.path("models").properties().forEach(entry -> {
            if (!entry.getKey().isBlank()) models.add(model(id, entry.getKey(), entry.getValue()));
        });
        JsonNode rest = node.isObject() ? ((ObjectNode) node).without("models") : node;
        return new Provider(id, Tree.textOr(node, "name", id), models, Tree.json(rest));
    }

    private static ModelInfo model(String provider, String name, JsonNode node) {
        JsonNode limit = node.path("limit");
        return new ModelInfo(
                new Model(provider, name, null),
                Tree.textOr(node, "name", name),
                Tree.number(limit, "context"),
                Tree.number(limit, "output"),
                Tree.json(node));
    }
}
