package dev.opencode4j.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import dev.opencode4j.testkit.real.ServerRequests;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

@EachRealVersion
class EachRealVersionClassTest {

    private static final Map<OpenCodeVersion, RealOpenCode> SEEN = new ConcurrentHashMap<>();

    private final RealOpenCode server;
    private final ScriptedModel model;

    EachRealVersionClassTest(RealOpenCode server, ScriptedModel model) {
        this.server = server;
        this.model = model;
    }

    @Test
    void every_test_of_a_version_gets_the_same_server(RealOpenCode parameter, OpenCodeVersion version) {
        assertThat(parameter).isSameAs(server);
        assertThat(server.version()).isEqualTo(version);
        assertThat(SEEN.computeIfAbsent(version, any -> server)).isSameAs(server);
    }

    @Test
    void another_test_of_the_class_runs_against_it_too() throws Exception {
        assertThat(SEEN.computeIfAbsent(server.version(), any -> server)).isSameAs(server);
        assertThat(new ServerRequests(server)
                        .get("/global/health")
                        .path("version")
                        .asString())
                .isEqualTo(server.version().number());
        assertThat(model.port()).isPositive();
    }
}
