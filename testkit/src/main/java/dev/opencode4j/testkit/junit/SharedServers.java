package dev.opencode4j.testkit.junit;

import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeBinary;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The one server and model of each version, kept where JUnit closes them after the last test. */
final class SharedServers {

    /** A server and the model behind it. */
    record Shared(RealOpenCode server, ScriptedModel model) implements AutoCloseable {

        static Shared start(OpenCodeVersion version) {
            ScriptedModel model = ScriptedModel.start();
            try {
                return new Shared(RealOpenCode.start(version, model), model);
            } catch (RuntimeException e) {
                model.close();
                throw e;
            }
        }

        @Override
        public void close() {
            server.close();
            model.close();
        }
    }

    private static final Namespace NAMESPACE = Namespace.create(SharedServers.class);

    private SharedServers() {}

    /**
     * Returns when the version is on this machine, installing it if need be.
     *
     * @throws RuntimeException that aborts or fails the test otherwise
     */
    static void require(OpenCodeVersion version, ExtensionContext context) {
        store(context)
                .computeIfAbsent(
                        "availability of " + version,
                        any -> Availability.of(version, () -> OpenCodeBinary.provision(version)),
                        Availability.class)
                .require(System.getenv(Availability.REQUIRE_REAL));
    }

    /** Starts the version's server if this is the first call for it. */
    static Shared get(OpenCodeVersion version, ExtensionContext context) {
        return store(context).computeIfAbsent("server of " + version, any -> Shared.start(version), Shared.class);
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE);
    }
}
