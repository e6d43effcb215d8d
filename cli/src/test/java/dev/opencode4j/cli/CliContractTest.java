package dev.opencode4j.cli;

import dev.opencode4j.testkit.junit.LatestReal;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import org.junit.jupiter.api.AfterAll;

/** The contract with the newest certified version. */
@LatestReal
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
