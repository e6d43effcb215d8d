package dev.opencode4j.cli;

import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import org.junit.jupiter.api.AfterAll;

/** The contract with the newest line of versions. */
@EachRealVersion("since 1.18")
class CliContractTest extends CliContract {

    private static final Homes HOMES = new Homes();

    CliContractTest(OpenCodeVersion version) {
        super(HOMES, version);
    }

    @AfterAll
    static void close() {
        HOMES.close();
    }
}
