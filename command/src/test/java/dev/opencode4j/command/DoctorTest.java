package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import dev.opencode4j.testkit.impostor.Response;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import org.junit.jupiter.api.Test;

class DoctorTest {

    @Test
    void allIsWellWithACertifiedServerAndNothingIsPrompted() {
        try (Impostor impostor = Impostor.start()) {
            Console.Result result = Console.of(impostor).run("doctor");
            assertThat(result.out())
                    .contains(
                            "✓ OpenCode",
                            "✓ Server",
                            "✓ Version       " + OpenCodeVersion.latest() + " is certified",
                            "✓ Login")
                    .contains("✓ Event stream", "✓ Models", "- Round trip    not tried")
                    .doesNotContain("✗");
            assertThat(result.code()).isZero();
            assertThat(impostor.promptsAccepted()).isEmpty();
        }
    }

    @Test
    void aRoundTripLeavesNoSession() {
        try (Impostor impostor = Impostor.start()) {
            impostor.nextTurn(Answer.text("ready"));
            Console.Result result = Console.of(impostor).run("doctor", "--round-trip");
            assertThat(result.out()).containsPattern("✓ Round trip    answered in \\d+ ms: ready");
            assertThat(impostor.requests(RecordedRequest.to("DELETE", "/session/*")))
                    .hasSize(1);
            assertThat(result.code()).isZero();
        }
    }

    @Test
    void aFailedRoundTripSaysWhyAndLeavesNoSession() {
        try (Impostor impostor = Impostor.start()) {
            impostor.nextTurn(Answer.error("ProviderAuthError", "the key is wrong"));
            Console.Result result = Console.of(impostor).run("doctor", "--round-trip");
            assertThat(result.out()).contains("✗ Round trip", "the key is wrong", "→ Check the credentials.");
            assertThat(impostor.requests(RecordedRequest.to("DELETE", "/session/*")))
                    .hasSize(1);
            assertThat(result.code()).isEqualTo(1);
        }
    }

    @Test
    void aWrongPasswordNamesTheVariables() {
        try (Impostor impostor = Impostor.builder().password("open sesame").start()) {
            Console.Result result = Console.of(impostor).run("doctor");
            assertThat(result.out()).contains("✗ Login", "OPENCODE_SERVER_PASSWORD", "OPENCODE_SERVER_USERNAME");
            assertThat(result.code()).isEqualTo(1);
        }
    }

    @Test
    void anotherVersionIsNoFault() {
        try (Impostor impostor = Impostor.builder().version("1.17.3").start()) {
            Console.Result result = Console.of(impostor).run("doctor");
            assertThat(result.out())
                    .contains(
                            "! Version       1.17.3 is not certified", "1.2.27, 1.15.13, " + OpenCodeVersion.latest());
            assertThat(result.code()).isZero();
        }
    }

    @Test
    void nobodyAtTheAddress() {
        try (Impostor impostor = Impostor.start()) {
            impostor.goDown();
            Console.Result result = Console.of(impostor).run("doctor");
            assertThat(result.out()).contains("✗ Server", "→ Start `opencode serve` there");
            assertThat(result.code()).isEqualTo(1);
        }
    }

    @Test
    void aStreamThatIsRefused() {
        try (Impostor impostor = Impostor.start()) {
            impostor.faults().refuseStreams(503);
            Console.Result result = Console.of(impostor).run("doctor");
            assertThat(result.out()).contains("✗ Event stream", "proxy").doesNotContain("Models");
            assertThat(result.code()).isEqualTo(1);
        }
    }

    @Test
    void aStreamThatNeverBeginsIsGivenUp() {
        try (Impostor impostor = Impostor.start()) {
            impostor.faults().withoutConnected();
            Console.Result result = Console.of(impostor).run("doctor");
            assertThat(result.out()).contains("✗ Event stream", "within 5s");
            assertThat(result.code()).isEqualTo(1);
        }
    }

    @Test
    void noModelToUse() {
        try (Impostor impostor = Impostor.start()) {
            impostor.faults()
                    .everyResponse(
                            RecordedRequest.to("GET", "/config/providers"),
                            Response.ok("{\"providers\":[],\"default\":{}}"));
            Console.Result result = Console.of(impostor).run("doctor");
            assertThat(result.out()).contains("✗ Models", "opencode auth login");
            assertThat(result.code()).isEqualTo(1);
        }
    }

    @Test
    void noOpenCodeAtAll() {
        Console.Result result = new Console().run("doctor");
        assertThat(result.out()).contains("✗ OpenCode", "--install", "OPENCODE_BASE_URL");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void anAddressThatIsNone() {
        Console.Result result =
                new Console().with("OPENCODE_BASE_URL", "localhost").run("doctor");
        assertThat(result.out()).contains("✗ OpenCode", "Correct or unset OPENCODE_BASE_URL.");
        assertThat(result.code()).isEqualTo(1);
    }
}
