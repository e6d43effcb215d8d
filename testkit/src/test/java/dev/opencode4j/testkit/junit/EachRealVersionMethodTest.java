package dev.opencode4j.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import dev.opencode4j.testkit.real.ServerRequests;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;

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

    @EachRealVersion({"before 1.3", "since 1.15 before 1.16"})
    void runs_with_the_versions_of_its_ranges_only(OpenCodeVersion version) {
        assertThat(version.number()).matches("1\\.([012]|15)\\..*");
    }

    @Test
    void without_names_the_certified_versions_are_meant() {
        assertThat(RealVersionsExtension.candidates(null)).isEqualTo(OpenCodeVersion.certified());
        assertThat(RealVersionsExtension.candidates(" ")).isEqualTo(OpenCodeVersion.certified());
    }

    @Test
    void any_version_can_be_named_even_one_that_nobody_has_heard_of() {
        assertThat(RealVersionsExtension.candidates("99.0.1, latest,1.2.27,1.2.27"))
                .extracting(OpenCodeVersion::number)
                .containsExactly("1.2.27", OpenCodeVersion.latest().number(), "99.0.1");
        assertThatThrownBy(() -> RealVersionsExtension.candidates("newest"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("newest");
    }

    @Test
    void a_test_runs_with_those_of_its_ranges() {
        List<OpenCodeVersion> candidates = RealVersionsExtension.candidates("1.2.27,1.15.13,1.18.33,1.19.0");
        assertThat(selected(candidates, "runs_with_the_versions_of_its_ranges_only"))
                .containsExactly("1.2.27", "1.15.13");
        assertThat(selected(candidates, "gives_a_running_server_and_the_model_behind_it"))
                .containsExactly("1.2.27", "1.15.13", "1.18.33", "1.19.0");
        assertThat(selected(List.of(), "runs_with_the_newest_only")).isEmpty();
        assertThat(selected(candidates, "runs_with_the_newest_only")).containsExactly("1.19.0");
    }

    @LatestReal
    void runs_with_the_newest_only(OpenCodeVersion version) {
        List<OpenCodeVersion> candidates = RealVersionsExtension.candidates(System.getenv("OPENCODE4J_VERSIONS"));
        assertThat(version).isEqualTo(Collections.max(candidates));
    }

    private static List<String> selected(List<OpenCodeVersion> candidates, String test) {
        EachRealVersion wanted = Arrays.stream(EachRealVersionMethodTest.class.getDeclaredMethods())
                .filter(method -> method.getName().equals(test))
                .flatMap(method -> AnnotationSupport.findAnnotation(method, EachRealVersion.class).stream())
                .findFirst()
                .orElseThrow();
        return RealVersionsExtension.selected(candidates, wanted).stream()
                .map(OpenCodeVersion::number)
                .toList();
    }
}
