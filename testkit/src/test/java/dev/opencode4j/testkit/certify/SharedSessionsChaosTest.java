package dev.opencode4j.testkit.certify;

import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import org.junit.jupiter.api.Timeout;

/**
 * Programs and a person use the same sessions at the same time, and each gets only what is its own: one end within its
 * bound, its own text, its own permissions and its own error. {@code benchmarks/shared-sessions} runs thousands of turns.
 */
class SharedSessionsChaosTest {

    private static final int TURNS = 60;

    @EachRealVersion
    @Timeout(300)
    void eachTurnHasOnlyWhatIsItsOwnAndNothingStays(OpenCodeVersion version) {
        try (ScriptedModel model = ScriptedModel.start();
                RealOpenCode server = RealOpenCode.start(version, model)) {
            ThreadsOfRun.run(() -> new SharedSessionsChaos(server, model, 20_261, TURNS).run());
        }
    }
}
