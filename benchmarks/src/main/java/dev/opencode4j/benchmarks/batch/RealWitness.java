package dev.opencode4j.benchmarks.batch;

import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.util.List;
import java.util.Map;

/** A real OpenCode of the newest certified version, by way of the server agent; counted at its model. */
final class RealWitness extends ModelWitness {

    private final RealOpenCode server = RealOpenCode.start(OpenCodeVersion.latest(), model);

    @Override
    public List<String> arguments() {
        return List.of("--via", "server");
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("OPENCODE_BASE_URL", server.baseUri().toString(), "OPENCODE_SERVER_PASSWORD", server.password());
    }

    @Override
    public void close() {
        server.close();
        super.close();
    }
}
