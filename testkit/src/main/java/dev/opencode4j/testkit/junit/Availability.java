package dev.opencode4j.testkit.junit;

import dev.opencode4j.testkit.real.OpenCodeBinary;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.ProvisionException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** Whether a version can be tested on this machine, found out once: a missing npm is not asked again for every test. */
record Availability(Optional<ProvisionException> missing) {

    static final String REQUIRE_REAL = "OPENCODE4J_REQUIRE_REAL";

    static Availability of(OpenCodeVersion version, Supplier<OpenCodeBinary> provision) {
        try {
            provision.get();
            return new Availability(Optional.empty());
        } catch (ProvisionException e) {
            System.err.println("[opencode4j] Tests with the real OpenCode " + version + " cannot run: "
                    + String.valueOf(e.getMessage()).replace('\n', ' '));
            return new Availability(Optional.of(e));
        }
    }

    /**
     * Does nothing when the version is there.
     *
     * @param requireReal the value of {@link #REQUIRE_REAL}
     * @throws ProvisionException if it is missing and {@code requireReal} is {@code 1}
     * @throws TestAbortedException if it is missing otherwise
     */
    void require(@Nullable String requireReal) {
        missing.ifPresent(why -> {
            if ("1".equals(requireReal)) {
                throw why;
            }
            throw new TestAbortedException(why.getMessage() + "\nWith " + REQUIRE_REAL + "=1 this is a failure.", why);
        });
    }
}
