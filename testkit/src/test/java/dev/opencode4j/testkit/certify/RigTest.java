package dev.opencode4j.testkit.certify;

import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import org.junit.jupiter.api.AfterEach;

/** A test with a rig of its own on the shared server. */
abstract class RigTest {

    final RealOpenCode server;
    final OpenCodeVersion version;
    final ScriptedModel model;
    final Rig rig;

    RigTest(RealOpenCode server, ScriptedModel model) {
        this.server = server;
        this.version = server.version();
        this.model = model;
        this.rig = Rig.of(server);
    }

    @AfterEach
    void closeRig() {
        rig.close();
    }
}
