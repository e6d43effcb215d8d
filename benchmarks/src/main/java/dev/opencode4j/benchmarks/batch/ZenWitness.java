package dev.opencode4j.benchmarks.batch;

import java.util.List;
import java.util.Map;

/** The model itself, without an OpenCode: what was with it at a kill can't be joined again. */
final class ZenWitness extends ModelWitness {

    @Override
    public List<String> arguments() {
        return List.of("--via", "zen");
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("OPENAI_BASE_URL", model.baseUri().toString());
    }
}
