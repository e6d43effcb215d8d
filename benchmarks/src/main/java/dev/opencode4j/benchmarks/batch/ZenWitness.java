package dev.opencode4j.benchmarks.batch;

import dev.opencode4j.testkit.model.ScriptedModel;
import java.util.List;
import java.util.Map;

/** The model itself, without an OpenCode: what was with it at a kill can't be joined again. */
final class ZenWitness implements Witness {

    private final ScriptedModel model = ScriptedModel.start();

    @Override
    public List<String> arguments() {
        return List.of("--via", "zen");
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("OPENAI_BASE_URL", model.baseUri().toString());
    }

    @Override
    public int received() {
        return model.timesRun("");
    }

    @Override
    public int times(String prompt) {
        return model.timesRun(prompt);
    }

    @Override
    public void close() {
        model.close();
    }
}
