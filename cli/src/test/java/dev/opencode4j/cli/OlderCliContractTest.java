package dev.opencode4j.cli;

import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import org.junit.jupiter.api.AfterAll;

/** The contract with the versions before the newest line. */
@EachRealVersion("before 1.18")
class OlderCliContractTest extends CliContract {

    private static final Homes HOMES = new Homes();

    OlderCliContractTest(OpenCodeVersion version) {
        super(HOMES, version);
    }

    @AfterAll
    static void close() {
        HOMES.close();
    }
}
