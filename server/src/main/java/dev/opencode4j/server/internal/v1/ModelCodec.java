package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.prompt.Model;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A model's name, which sessions and prompts spell differently. */
final class ModelCodec {

    private static final String PROVIDER = "providerID";
    private static final String MODEL = "modelID";
    private static final String VARIANT = "variant";

    private ModelCodec() {}

    /** As sessions have it. */
    static JsonNode ofSession(Model model) {
        return new Body()
                .put(PROVIDER, model.provider())
                .put("id", model.name())
                .put(VARIANT, model.variant())
                .node();
    }

    /** As prompts have it; the variant stands beside it there. */
    static @Nullable JsonNode ofPrompt(@Nullable Model model) {
        return model == null ? null : into(new Body(), model).node();
    }

    /** The two fields, among others. */
    static Body into(Body body, Model model) {
        return body.put(PROVIDER, model.provider()).put(MODEL, model.name());
    }

    /** Reads either spelling; null if there is no whole name. */
    static @Nullable Model read(JsonNode node) {
        String provider = Tree.textOr(node, PROVIDER, "");
        String name = Tree.textOr(node, MODEL, Tree.textOr(node, "id", ""));
        String variant = Tree.textOr(node, VARIANT, "");
        if (provider.isBlank() || name.isBlank()) return null;
        return new Model(provider, name, variant.isBlank() ? null : variant);
    }
}
