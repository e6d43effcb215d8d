package dev.opencode4j.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import dev.opencode4j.testkit.real.ServerRequests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EachRealVersionMethodTest {

    @EachRealVersion
    void gives_a_running_server_and_the_model_behind_it(RealOpenCode server, ScriptedModel model) throws Exception {
        String marker = "junit-" + server.version();
        ServerRequests requests = new ServerRequests(server);
        String session = requests.createSession();

        requests.prompt(session, "#echo " + marker);

        model.awaitRun(marker, Duration.ofSeconds(60));
        requests.awaitIdle(session);
        assertThat(model.timesRun(marker)).isEqualTo(1);
    }

    @EachRealVersion({"1.2.27", "1.15.13"})
    void runs_with_the_named_versions_only(OpenCodeVersion version) {
        assertThat(version).isIn(OpenCodeVersion.V1_2_27, OpenCodeVersion.V1_15_13);
    }

    @LatestReal
    void runs_with_the_latest_only(OpenCodeVersion version) {
        assertThat(version).isEqualTo(OpenCodeVersion.latest());
    }

    @Test
    void without_names_all_certified_versions_are_meant() {
        assertThat(RealVersionsExtension.versions(null)).isEqualTo(OpenCodeVersion.certified());
        assertThat(RealVersionsExtension.versions(" ", "1.2.27", "1.15.13"))
                .containsExactly(OpenCodeVersion.V1_2_27, OpenCodeVersion.V1_15_13);
    }

    @Test
    void of_these_only_the_wanted_ones_run() {
        assertThat(RealVersionsExtension.versions("latest")).containsExactly(OpenCodeVersion.latest());
        assertThat(RealVersionsExtension.versions("1.2.27, 1.18.33", "1.2.27", "1.15.13"))
                .containsExactly(OpenCodeVersion.V1_2_27);
        assertThat(RealVersionsExtension.versions("latest", "1.2.27")).isEmpty();
    }
}
