package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.real.RealOpenCode;

class RealServerTest {

    private static Console console(RealOpenCode server) {
        return new Console()
                .with("OPENCODE_BASE_URL", server.baseUri().toString())
                .with("OPENCODE_SERVER_PASSWORD", server.password());
    }

    @EachRealVersion
    void aPromptIsAnsweredAndItsSessionShownAndDeleted(RealOpenCode server) {
        Console console = console(server);
        Console.Result result = console.run("run", "--json", "Greetings from the command line");
        assertThat(result.code()).as(result.err()).isZero();
        String session = LastLineTest.end(result).path("sessionId").asString();
        assertThat(LastLineTest.end(result).path("text").asString()).isNotBlank();
        assertThat(console.run("sessions", "list").out()).contains(session);
        assertThat(console.run("sessions", "show", session).out()).contains("Greetings from the command line");
        assertThat(console.run("sessions", "delete", session).code()).isZero();
        assertThat(console.run("sessions", "show", session).code()).isEqualTo(30);
    }

    @EachRealVersion
    void theDoctorFindsNothing(RealOpenCode server) {
        Console.Result result = console(server).run("doctor", "--round-trip");
        assertThat(result.out()).contains("is certified", "✓ Round trip").doesNotContain("✗", server.password());
        assertThat(result.code()).isZero();
    }

    @EachRealVersion
    void anUnknownAgentIsTheCallersMistake(RealOpenCode server) {
        Console.Result result = console(server).run("run", "--json", "--agent", "nobody", "Hi");
        assertThat(LastLineTest.end(result).at("/error/message").asString()).contains("nobody");
        assertThat(result.code()).isEqualTo(31);
    }
}
