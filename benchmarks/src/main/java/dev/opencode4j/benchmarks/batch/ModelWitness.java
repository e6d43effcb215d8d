package dev.opencode4j.benchmarks.batch;

import dev.opencode4j.testkit.model.ScriptedModel;

/** Counts at the scripted model, whatever stands before it. */
abstract class ModelWitness implements Witness {

    /** The model that the prompts end up at. */
    final ScriptedModel model = ScriptedModel.start();

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
